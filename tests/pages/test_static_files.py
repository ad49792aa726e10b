import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer

from pages.rendering import Built
from tests.pages.gallery.serving import Shown, gallery


@pytest.fixture
async def client(tmp_path: Path) -> AsyncIterator[TestClient]:  # type: ignore[type-arg]
    (tmp_path / "site.3fa9.css").write_text("p{}", encoding="utf-8")
    (tmp_path / "site.3fa9.css.br").write_bytes(b"as brotli")
    (tmp_path / "site.3fa9.css.gz").write_bytes(b"as gzip")
    (tmp_path / "left.css").write_text("not in the manifest", encoding="utf-8")
    (tmp_path / "manifest.json").write_text(json.dumps({"site.css": "site.3fa9.css"}), encoding="utf-8")
    async with TestClient(TestServer(gallery(Shown(), built=Built(folder=tmp_path))), auto_decompress=False) as opened:
        yield opened


@pytest.mark.parametrize(
    ("accepts", "body", "encoding"),
    [("identity", b"p{}", None), ("gzip", b"as gzip", "gzip"), ("br, gzip", b"as brotli", "br")],
)
async def test_a_built_file_comes_compressed_as_the_browser_likes_and_is_kept(
    client: TestClient,  # type: ignore[type-arg]
    accepts: str,
    body: bytes,
    encoding: str | None,
) -> None:
    answer = await client.get("/static/site.3fa9.css", headers={"Accept-Encoding": accepts})

    assert (answer.status, await answer.read()) == (200, body)
    assert answer.headers.get("Content-Encoding") == encoding
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Content-Type"] == "text/css; charset=utf-8"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("name", ["left.css", "manifest.json", "site.css", "..%2frendering.py", "site.3fa9.css.br"])
async def test_nothing_but_what_the_manifest_names_is_served(client: TestClient, name: str) -> None:  # type: ignore[type-arg]
    answer = await client.get(f"/static/{name}")

    assert answer.status == 404
