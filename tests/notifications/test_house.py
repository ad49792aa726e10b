from notifications.house import House

HOUSE = House(
    phone="0808 157 0123",
    run_by="Lindenfold Mediation",
    email="help@evenhand.example",
    public_url="https://evenhand.example/",
    postal="1 Example Street, Northmere",
)


def test_the_house_says_who_it_is() -> None:
    assert HOUSE.standing == "Evenhand, run by Lindenfold Mediation. Independent. Free for families."
    assert HOUSE.dial == "08081570123"


def test_an_address_has_one_slash() -> None:
    assert HOUSE.address("/j/abc") == HOUSE.address("j/abc") == "https://evenhand.example/j/abc"
