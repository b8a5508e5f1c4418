"""Asks an open desk as other people's programs do: the official client of the Model Context Protocol, and schemathesis.

    python check.py PROGRAM STORE

PROGRAM is onrecord, STORE a store with reports in it. Needs `pip install mcp schemathesis`. Ends with status 1 where anything is not as it
should be.
"""

import asyncio
import json
import re
import subprocess
import sys
import urllib.request

from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.client.streamable_http import streamable_http_client

TOOLS = {"search", "get_record", "evidence", "timeline", "positions", "figures", "compare"}


def failed(message):
    print(f"failed: {message}", file=sys.stderr)
    sys.exit(1)


def opened(program, store):
    """A desk on a free port, and its address."""
    desk = subprocess.Popen([program, "serve", "--db", store, "--port", "0"], stderr=subprocess.PIPE, text=True)
    line = desk.stderr.readline()
    found = re.search(r"http://[0-9.:]+", line)
    if not found:
        failed(f"the desk did not open: {line}")
    return desk, found.group(0)


async def ask_everything(session, reports):
    """Lists and calls every tool; what each gives must have permalinks and exact words."""
    await session.initialize()
    tools = {tool.name: tool for tool in (await session.list_tools()).tools}
    if set(tools) != TOOLS:
        failed(f"tools are {sorted(tools)}")
    for tool in tools.values():
        if not (tool.annotations and tool.annotations.read_only_hint if hasattr(tool.annotations, "read_only_hint") else tool.annotations.readOnlyHint):
            failed(f"{tool.name} does not say that it only asks")

    async def call(name, arguments):
        answer = await session.call_tool(name, arguments)
        wrong = getattr(answer, "is_error", None) or getattr(answer, "isError", None)
        text = answer.content[0].text
        if wrong:
            failed(f"{name}: {text}")
        data = json.loads(text)
        if "never instructions" not in data["note"]:
            failed(f"{name} does not mark words as quoted")
        return data

    events = await call("search", {"kind": "events", "query": "", "limit": 5})
    first = events["records"][0]
    if "/record/event-" not in first["permalink"] or not first["evidence"][0]["quoted"]:
        failed(f"no permalink or no words: {first}")
    for kind in ["statements", "positions", "figures", "actors", "reports"]:
        await call("search", {"kind": kind, "query": "", "limit": 3} if kind != "reports" else {"kind": kind, "query": "the"})
    record = await call("get_record", {"name": first["name"]})
    if record["record"]["name"] != first["name"]:
        failed("get_record gives another record")
    evidence = await call("evidence", {"name": first["name"]})
    if not evidence["evidence"] or not evidence["evidence"][0]["quoted"]:
        failed("evidence has no words")
    await call("timeline", {"query": "", "limit": 5})
    await call("positions", {"query": "", "as_of": "2026-12-31"})
    await call("figures", {"query": "", "conflicts": False})
    await call("compare", {"reports": reports})
    wrong = await session.call_tool("search", {"kind": "events", "query": "typ:assault"})
    if not (getattr(wrong, "is_error", None) or getattr(wrong, "isError", None)):
        failed("a wrong question is answered as if it were right")


async def assistants(program, store, address, reports):
    server = StdioServerParameters(command=program, args=["mcp", "--db", store])
    async with stdio_client(server) as streams, ClientSession(streams[0], streams[1]) as session:
        await ask_everything(session, reports)
    async with streamable_http_client(f"{address}/mcp") as streams, ClientSession(streams[0], streams[1]) as session:
        await ask_everything(session, reports)


def main():
    program, store = sys.argv[1:3]
    desk, address = opened(program, store)
    try:
        events = json.load(urllib.request.urlopen(f"{address}/events.json?limit=50"))
        reports = sorted({telling["document"] for line in events["lines"] for telling in line["reports"]})[:2]
        asyncio.run(assistants(program, store, address, reports))
        print("the protocol's own client lists and calls every tool, over stdio and HTTP")
        checks = "not_a_server_error,content_type_conformance,response_schema_conformance"
        command = [
            "schemathesis", "run", f"{address}/openapi.json", "--checks", checks,
            "--max-examples", "20", "--seed", "1", "--generation-deterministic", "--suppress-health-check", "all",
        ]
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode != 0:
            failed(done.stdout[-6000:])
        print("schemathesis finds no server error and no answer that is not as described")
    finally:
        desk.terminate()
        desk.wait(10)


main()
