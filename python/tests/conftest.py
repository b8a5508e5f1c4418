"""Reports for the tests, in our own words."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def _reports():
    """The stories of specs/, every third report, some with a copy, some without a day."""
    reports = []
    for n, file in enumerate(sorted((ROOT / "specs" / "stories").glob("*/*.txt"))):
        if n % 3:
            continue
        published = f"2026-03-{n % 28 + 1:02}" if n % 7 else None
        report = {"id": f"d{n:03}", "text": file.read_text(encoding="utf-8"), "published": published, "outlet": f"Outlet {n % 5}"}
        reports.append(report)
        if n % 12 == 0:
            reports.append({**report, "id": f"copy-of-{n}"})
    return reports


@pytest.fixture(scope="session")
def reports():
    return _reports()


@pytest.fixture(scope="session")
def program():
    """The command line; ONRECORD_PROGRAM names it, else the one that was built last."""
    named = os.environ.get("ONRECORD_PROGRAM")
    built = [ROOT / "target" / kind / "onrecord" for kind in ("release", "debug")]
    found = named or next((str(path) for path in built if path.exists()), None) or shutil.which("onrecord")
    if not found:
        pytest.skip("no onrecord program to compare with; ONRECORD_PROGRAM names one")
    return found


@pytest.fixture(scope="session")
def store(program, reports, tmp_path_factory):
    """A store of the reports."""
    folder = tmp_path_factory.mktemp("store")
    (folder / "reports.jsonl").write_text("".join(json.dumps(report) + "\n" for report in reports), encoding="utf-8")
    subprocess.run([program, "add", "--db", "x.db", "reports.jsonl"], cwd=folder, check=True, capture_output=True)
    return folder / "x.db"


@pytest.fixture(scope="session")
def printed(program, reports, tmp_path_factory):
    """The records of the reports as the command line prints them."""
    folder = tmp_path_factory.mktemp("printed")
    (folder / "reports.jsonl").write_text("".join(json.dumps(report) + "\n" for report in reports), encoding="utf-8")
    run = subprocess.run([program, "read", "reports.jsonl"], cwd=folder, check=True, capture_output=True, text=True, encoding="utf-8")
    return run.stdout.splitlines()
