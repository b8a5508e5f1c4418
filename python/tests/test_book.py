"""The chapter about Python in the project's book."""

import doctest
import re
import subprocess
from pathlib import Path

import pytest

CHAPTER = Path(__file__).resolve().parents[2] / "docs" / "src" / "python.md"


def test_its_examples():
    failed, tried = doctest.testfile(str(CHAPTER), module_relative=False)
    assert tried > 5 and failed == 0


def test_its_question_in_sql(program, tmp_path, monkeypatch):
    duckdb = pytest.importorskip("duckdb")
    (tmp_path / "a.txt").write_text("Łódź — Rebels killed 12 soldiers, the army said. Two people were injured.", encoding="utf-8")
    command = [program, "read", "a.txt", "--published", "2026-03-04", "--format", "parquet", "-o", "records"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    monkeypatch.chdir(tmp_path)
    (question,) = re.findall(r"```sql\n(.*?)```", CHAPTER.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert duckdb.sql(question).fetchall() == [("a", "killed", 12.0, "12 soldiers")]
    assert duckdb.sql("SELECT DISTINCT day FROM 'records/**/*.parquet'").fetchall()[0][0].isoformat() == "2026-03-04"
