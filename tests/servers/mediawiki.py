"""A real MediaWiki (Debian's package, SQLite) on loopback, filled with the pages a test hands over."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self
from xml.sax.saxutils import escape

import httpx

from tests.servers.processes import Running, run, serve

ROOT = Path(os.environ.get("MEDIAWIKI_ROOT", "/usr/share/mediawiki"))
"""Where Debian's package puts MediaWiki."""

MODULES = {"pdo_sqlite": "php-sqlite3", "mbstring": "php-mbstring", "xml": "php-xml", "intl": "php-intl"}
"""The parts of PHP that are needed, and the package that brings each."""

FRONT = "Main Page"
"""The page that the installer writes; its text about the software would turn up in searches, so it is replaced."""

STOP = signal.SIGINT
"""On this one the leader of PHP's workers waits for them, and leaves no zombies behind; on TERM it just goes."""

FIRST_SAVED = "2025-01-01T00:00:00Z"
"""The date of the imported revisions."""

SETTINGS = r"""
# What the tests need: no cache between an edit and the next question, no job run in somebody's request, no rate limit.
$wgServer = trim( file_get_contents( __DIR__ . '/server.txt' ) );
$wgArticlePath = '/wiki/$1';
$wgMainCacheType = $wgMessageCacheType = $wgParserCacheType = CACHE_NONE;
$wgSessionCacheType = CACHE_DB;
$wgUseDatabaseMessages = false;
$wgCacheDirectory = __DIR__ . '/cache';
$wgLocalisationCacheConf['store'] = 'array';
$wgJobRunRate = 0;
$wgRateLimits = [];
$wgArticleCountMethod = 'any';
$wgShowExceptionDetails = true;
$wgAutoloadClasses['WholePageSearch'] = __DIR__ . '/WholePageSearch.php';
$wgSearchType = 'WholePageSearch';
"""

SEARCH = r"""<?php
# SQLite's search looks into titles only unless it is told otherwise; Wikipedia's looks into title and text at once, and
# refuses a search of titles alone.
class WholePageSearch extends SearchSqlite {
	protected function doSearchTitleInDB( $term ) {
		return null;
	}

	public function update( $id, $title, $text ) {
		parent::update( $id, $title, "$title $text" );
	}
}
"""

ROUTER = r"""<?php
# Wikipedia's addresses: /w/api.php, /w/rest.php/v1/..., /wiki/Title.
$path = strtok( $_SERVER['REQUEST_URI'], '?' );
if ( preg_match( '~^/w/(api|index|load|rest)\.php(?=/|$)~', $path, $found ) ) {
	$script = $found[1];
} elseif ( $path === '/' || str_starts_with( $path, '/wiki/' ) ) {
	$script = 'index';
} else {
	http_response_code( 404 );
	return;
}
$_SERVER['SCRIPT_NAME'] = $_SERVER['PHP_SELF'] = "/w/$script.php";
$root = getenv( 'MW_INSTALL_PATH' );
chdir( $root );
require "$root/$script.php";
"""


SET_PROPERTY = """
insert or replace into page_props (pp_page, pp_propname, pp_value)
select page_id, ?, ? from page where page_namespace = 0 and page_title = ?
"""


@dataclass(frozen=True)
class WikiPage:
    """A page to put on the wiki, with what Wikipedia's extensions would have noted about it."""

    title: str
    text: str = ""
    item: str | None = None
    disambiguation: bool = False
    short: str | None = None
    redirect_to: str | None = None

    @property
    def source(self) -> str:
        """The page's wikitext."""
        return f"#REDIRECT [[{self.redirect_to}]]" if self.redirect_to else self.text

    @property
    def key(self) -> str:
        """The title as the database writes it."""
        plain = self.title.strip().replace(" ", "_")
        return plain[:1].upper() + plain[1:]

    def properties(self) -> Iterator[tuple[str, str]]:
        """The rows of page_props."""
        if self.item is not None:
            yield "wikibase_item", self.item
        if self.disambiguation:
            yield "disambiguation", ""
        if self.short is not None:
            yield "wikibase-shortdesc", self.short


def missing_programs() -> list[str]:
    """The Debian packages that this machine lacks; empty when the wiki can run."""
    missing = [] if (ROOT / "maintenance" / "install.php").is_file() else ["mediawiki"]
    if shutil.which("php") is None:
        return [*missing, "php-cli", *MODULES.values()]
    present = run(["php", "-m"]).casefold().split()
    return missing + [package for module, package in MODULES.items() if module not in present]


class MediaWiki:
    """A wiki in `folder` that lives as long as the `with` block; `api` is its Action API, `server` its root."""

    def __init__(self, folder: Path, pages: Sequence[WikiPage], workers: int = 4) -> None:
        self.folder = folder.resolve()
        self.pages = list(pages)
        self.workers = workers
        self.server = ""
        self._running: Running | None = None

    @property
    def api(self) -> str:
        """The address of the Action API."""
        return f"{self.server}/w/api.php"

    @property
    def rest(self) -> str:
        """The address of MediaWiki's own REST API."""
        return f"{self.server}/w/rest.php/v1"

    def __enter__(self) -> Self:
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "cache").mkdir()
        self._install()
        self._fill()
        self._running = serve(self._words, self._ready, self.folder / "php.log", self._env(), STOP)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._running is not None:
            self._running.end()

    def edit(self, title: str, text: str) -> None:
        """Save a new revision of a page (or a new page); the next request sees it, search and properties too."""
        self._maintain("edit", "--no-rc", "--summary", "changed by a test", title, stdin=text)
        self._set_properties()  # an edit computes the page's properties anew and so drops ours

    def _install(self) -> None:
        """The wiki with its tables and its settings."""
        data = self.folder / "data"
        data.mkdir()
        self._maintain(
            "install",
            *("--dbtype", "sqlite", "--dbpath", str(data), "--dbname", "wiki", "--confpath", str(self.folder)),
            *("--server", "http://127.0.0.1", "--scriptpath", "/w", "--pass", "only-for-these-tests"),
            *("--extensions", "TextExtracts", "--skins", "Vector", "Test wiki", "Admin"),
        )
        self._write_server(0)
        with (self.folder / "LocalSettings.php").open("a") as settings:
            settings.write(SETTINGS)
        (self.folder / "WholePageSearch.php").write_text(SEARCH)
        (self.folder / "router.php").write_text(ROUTER)

    def _fill(self) -> None:
        """The pages, the search index over them, their properties."""
        dump = self.folder / "pages.xml"
        dump.write_text(_dump(self.pages), encoding="utf-8")
        self._maintain("importDump", "--no-updates", str(dump))
        self._check_all_there()
        self._maintain("rebuildtextindex")
        self._maintain("initSiteStats", "--update")
        self._set_properties()

    def _check_all_there(self) -> None:
        """A page that importDump passed over in silence (a title with "<", another namespace) is an error here."""
        with closing(self._base()) as base:
            there = {key for (key,) in base.execute("select page_title from page where page_namespace = 0")}
        if absent := [page.title for page in self.pages if page.key not in there]:
            raise ValueError(f"the wiki did not take these titles: {absent}")

    def _set_properties(self) -> None:
        """What Wikibase and Disambiguator would have written: to the API these are ordinary rows."""
        rows = [(name, value, page.key) for page in self.pages for name, value in page.properties()]
        with closing(self._base()) as base, base:
            base.executemany(SET_PROPERTY, rows)

    def _base(self) -> sqlite3.Connection:
        """The wiki's own tables."""
        return sqlite3.connect(self.folder / "data" / "wiki.sqlite", timeout=30)

    def _maintain(self, script: str, *words: str, stdin: str = "") -> str:
        """Run one of MediaWiki's maintenance scripts."""
        return run(["php", str(ROOT / "maintenance" / f"{script}.php"), *words], self._env(), stdin)

    def _env(self) -> dict[str, str]:
        """Both name this wiki, so a configured wiki of the machine's own is never touched."""
        return {
            "MW_CONFIG_FILE": str(self.folder / "LocalSettings.php"),
            "MW_INSTALL_PATH": str(ROOT),
            "PHP_CLI_SERVER_WORKERS": str(self.workers),
        }

    def _words(self, port: int) -> list[str]:
        """PHP's own web server on a port; the wiki is told its address first."""
        self._write_server(port)
        return ["php", "-S", f"127.0.0.1:{port}", "-t", str(ROOT), str(self.folder / "router.php")]

    def _write_server(self, port: int) -> None:
        """The address that the wiki writes into its links."""
        self.server = f"http://127.0.0.1:{port}"
        (self.folder / "server.txt").write_text(self.server)

    def _ready(self, port: int) -> bool:
        """Whether the API answers."""
        try:
            asked = {"action": "query", "meta": "siteinfo", "format": "json"}
            return "query" in httpx.get(self.api, params=asked, trust_env=False, timeout=10).json()
        except (httpx.TransportError, ValueError):
            return False


def _dump(pages: Sequence[WikiPage]) -> str:
    """The pages as the XML that importDump reads."""
    whole = [*pages] if any(page.key == "Main_Page" for page in pages) else [WikiPage(FRONT, "Welcome."), *pages]
    return "\n".join(
        [
            '<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="en">',
            *map(_dumped, whole),
            "</mediawiki>",
        ]
    )


def _dumped(page: WikiPage) -> str:
    """One page of the dump; the front page has to be newer than the installer's to replace it."""
    saved = "2100-01-01T00:00:00Z" if page.key == "Main_Page" else FIRST_SAVED
    return (
        f"<page><title>{escape(page.title)}</title><ns>0</ns><revision><timestamp>{saved}</timestamp>"
        "<contributor><username>Tester</username></contributor><model>wikitext</model><format>text/x-wiki</format>"
        f'<text xml:space="preserve">{escape(page.source)}</text></revision></page>'
    )
