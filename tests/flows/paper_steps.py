"""The papers: actions written line by line, each side's mark, the seal, the certificate, and what each may open."""

import asyncio
from pathlib import Path

from tests.flows.cast import OFFICER, PARENT, Actor, choose, open_link, press, write
from tests.flows.stage import Stage, link_in

PAPER_SECONDS = 30


async def draft(stage: Stage, idris: Actor, meeting: str) -> None:
    """The mediator writes two actions, and what stands beside them, and sends the version."""
    tab = idris.tab
    await tab.goto(f"{stage.url}/mediator/{meeting}/draft")
    await stage.album.take(tab, idris.role, "empty")
    actions = (
        (
            "Issue the amended plan with 45 minutes of direct speech therapy a week in Section F",
            "council",
            "SEN manager",
            "amend_plan",
            "The amended plan has arrived",
        ),
        (
            "Telephone the family about short breaks",
            "council",
            "Case officer",
            "non_appealable",
            "The call has taken place",
        ),
    )
    for what, side, role, kind, evidence in actions:
        await tab.goto(f"{stage.url}/mediator/{meeting}/draft?line=new")
        await write(tab, what=what, role=role, evidence=evidence)
        await tab.locator('select[name="side"]').select_option(side)
        await tab.locator('select[name="kind"]').select_option(kind)
        await stage.album.take(tab, idris.role, "line")
        await press(tab, "Save this action")
    await tab.goto(f"{stage.url}/mediator/{meeting}/draft/rest")
    await stage.album.take(tab, idris.role)
    await tab.goto(f"{stage.url}/mediator/{meeting}/draft")
    await stage.album.take(tab, idris.role)
    before = len(stage.catcher.mails)
    with stage.timed("send the draft"):
        await press(tab, "Send version 1 to everyone")
    for email in (PARENT[1], OFFICER[1]):
        await stage.mail(email, "", after=before)


async def end(stage: Stage, idris: Actor, meeting: str) -> None:
    """The meeting is ended, with its outcome."""
    tab = idris.tab
    await tab.goto(f"{stage.url}/mediator/{meeting}/close")
    await stage.album.take(tab, idris.role)
    await choose(tab, outcome="partial")
    await press(tab, "End the meeting")


async def say_yes(stage: Stage, role: str, email: str, link: str) -> Actor:
    """A side comes in by its own link, reads the version, and says yes."""
    actor = Actor(role=role, email=email, tab=await stage.tab())
    tab = actor.tab
    await open_link(stage, actor, link)
    home = "/my" if role == "PA" else "/authority"
    await tab.goto(f"{stage.url}{home}")
    await stage.album.take(tab, role, "asked")  # not "draft": that is a page's own name
    if role == "LA":
        await press(tab, "Open")
        await stage.album.take(tab, role)
    await tab.get_by_role("link", name="Read what was written down").first.click()
    await tab.wait_for_load_state("load")
    await stage.album.take(tab, role)
    await choose(tab, mark="yes")
    await press(tab, "Send my answer")
    return actor


async def seal(stage: Stage, idris: Actor, meeting: str) -> None:
    """Everyone has said yes to the same words: the record is sealed."""
    tab = idris.tab
    await tab.goto(f"{stage.url}/mediator/{meeting}/close")
    await tab.locator('[name="read"]').check()
    await tab.locator('[name="known"]').check()
    with stage.timed("seal the record"):
        await press(tab, "Seal the record and send it")
    await tab.goto(f"{stage.url}/mediator/{meeting}/close")
    await stage.album.take(tab, idris.role, "sealed")


async def issue(stage: Stage, joy: Actor, child: str) -> None:
    """The adviser issues the certificate, which waits for nothing."""
    tab = joy.tab
    await tab.goto(f"{stage.url}/advice")
    row = tab.get_by_role("listitem").filter(has_text=child)
    await row.get_by_role("button", name="Look and issue").click()
    await tab.wait_for_load_state("load")
    await stage.album.take(tab, joy.role)
    with stage.timed(f"issue the certificate: {child}"):
        await press(tab, "Issue the certificate")
    await stage.album.take(tab, joy.role, "issued")


async def open_papers(stage: Stage, actor: Actor, folder: Path, *, most: int) -> list[str]:
    """The papers that this person may open, kept as files; their names."""
    home = f"{stage.url}/my/papers" if actor.role == "PA" else f"{stage.url}/authority/papers"
    papers = actor.tab.locator('a[href*="/papers/"]')
    for _ in range(PAPER_SECONDS):
        await actor.tab.goto(home)
        if await papers.count() >= most:
            break
        await asyncio.sleep(1)
    await stage.album.take(actor.tab, actor.role, "papers")
    names = []
    folder.mkdir(parents=True, exist_ok=True)  # noqa: ASYNC240 - a test's own folder
    for one in await papers.all():
        got = await actor.tab.request.get(f"{stage.url}{await one.get_attribute('href')}")
        assert got.status == 200, await got.text()
        body = await got.body()
        assert body.startswith(b"%PDF-"), body[:40]
        name = got.headers["content-disposition"].partition('filename="')[2].rstrip('"')
        (folder / f"{actor.role}-{name}").write_bytes(body)
        names.append(name)
    return names


def own_page(stage: Stage, email: str) -> str:
    """The link to somebody's own page, from the newest mail that holds one."""
    for mail in reversed(list(stage.catcher.mails)):
        if email in mail.to and f"{stage.url}/j/" in mail.text:
            return link_in(mail, f"{stage.url}/j/")
    raise AssertionError(f"no link was sent to {email}")
