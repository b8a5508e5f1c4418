#!/usr/bin/env python3
"""Soak: `onrecord watch`, with `onrecord serve` beside it, for hours, on feeds that misbehave.

    python3 hardening/soak.py --hours 2 --program target/release/onrecord --out soak

Feeds and pages are served on loopback (Linux: each at an address of its own in 127.0.1.0/24): well behaved ones that grow, slow,
broken, huge and endless ones, ones that lead inwards or round in circles, ones whose content changes, ones that are ill in spells.
After a tenth of the time the watch is killed and started again from what it kept. Every 30 seconds memory, processor time, threads
and open files of both programs and the size of the store go to DIR/samples.tsv, and the desk's health page is compared with what
the feeds really do. In the end it is asserted that

- memory is flat: the median of the last quarter is at most 10 % + 16 MB above that of the second, and open files and threads are as many;
- nothing is lost and nothing doubled: each entry that a feed offered in an answer sent whole is one report, and no other is there;
- of an entry whose words change, the first words are kept, once; entries of two feeds with the same id are both kept;
- the health page and `onrecord feeds` say of each feed how it is, and why;
- a server that asks to be left alone is left alone; `onrecord check` finds everything whole; the watch ends well when interrupted.

Exit status: 0 when all of that holds, 1 when not; SIGTERM ends it before its time, and what there is is judged. The feeds are the same at every run; only the clock differs.
"""

import argparse
import collections
import json
import os
import re
import signal
import statistics
import subprocess
import sys
import time
import urllib.request

from feeds import Feed, chunked, dated, packed, slowly
from host import Host

COLUMNS = "seconds watch_rss_kb watch_cpu_s watch_files watch_threads serve_rss_kb serve_cpu_s serve_files serve_threads store_kb offered".split()
PAGES = ["/feeds", "/feeds.json", "/", "/events.json", "/reports.json", "/timeline", "/review.json"]

# What is wrong with a feed, and what must be said of it.
WRONG = {
    "cut": "cannot be read as a feed", "garbage": "is a binary file", "too_little": "cannot be reached|HTTP", "too_much": "cannot be read as a feed",
    "forever": "longer than 32 MB", "ten_gigabytes": "longer than 32 MB", "bomb": "longer than 64 MB", "headers": "no HTTP",
    "drip": "within 30 seconds", "silent": "within 30 seconds", "hangs_up": "cannot be reached|HTTP", "nonsense": "no HTTP|cannot be reached",
    "empty": "empty|cannot be read", "page": "is a page and no feed", "brotli": "packed as br", "500": "status 500", "404": "status 404",
    "403": "status 403", "410": "status 410", "429": "status 429", "503": "status 503", "loop": "leads on and on",
    "metadata": "169.254.169.254, a cloud's service", "metadata_number": "169.254.169.254, a cloud's service",
    "metadata_v6": "169.254.169.254, a cloud's service", "metadata_ec2": "fd00:ec2::254, a cloud's service",
    "file": "only http and https are", "password": "name or password", "nowhere": "leads to no address",
}
SPELLS = ["cut", "garbage", "too_little", "hangs_up", "500", "429", "503", "404", "drip", "silent", "forever", "bomb", "metadata", "file", "loop"]


def fleet(spell):
    """All feeds: those that are well, those that are ill, and those that are ill now and then."""
    well = [Feed(f"rss-{n}", every=25 + 5 * n) for n in range(4)]
    well += [Feed("atom", "atom"), Feed("json", "json"), Feed("links-a", "links", every=20), Feed("links-b", "links"), Feed("sitemap", "sitemap"),
             Feed("latin", "latin"), Feed("utf16", "utf16"), Feed("slow", served=slowly), Feed("packed", served=packed),
             Feed("chunked", served=chunked), Feed("dated", "atom", served=dated, every=60), Feed("still", every=10 ** 9, first=20),
             Feed("big", first=1500, every=60, window=10 ** 9), Feed("restless", "restless"), Feed("numbered-a", "numbered"),
             Feed("numbered-b", "numbered"), Feed("polite", robots="User-agent: *\nCrawl-delay: 3\n")]
    ill = [Feed(f"ill-{fault}", fault=fault, why=why, health="gone" if fault == "410" else "failing") for fault, why in WRONG.items()]
    ill += [Feed("ill-robots", why="says the site's robots.txt", robots="User-agent: *\nDisallow: /\n"),
            Feed("ill-robots-500", why="robots.txt cannot be had", robots=500)]
    spells = [Feed(f"spells-{fault}", fault=fault, why=WRONG[fault], spell=spell, phase=2 * spell * n / len(SPELLS)) for n, fault in enumerate(SPELLS)]
    return well, ill, spells


# Whatever happens, none of them outlives this one.
running = []


class Program:
    """A process, and what the system says of it."""

    def __init__(self, arguments, log):
        self.log = open(log, "ab")
        self.process = subprocess.Popen(arguments, stdout=self.log, stderr=self.log)
        running.append(self.process)

    def state(self):
        proc = f"/proc/{self.process.pid}"
        with open(f"{proc}/status") as file:
            status = dict(line.split(":", 1) for line in file)
        with open(f"{proc}/stat") as file:
            stat = file.read().rpartition(")")[2].split()
        ticks = (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")
        return [int(status["VmRSS"].split()[0]), round(ticks, 1), len(os.listdir(f"{proc}/fd")), int(status["Threads"])]

    def end(self, how=signal.SIGINT):
        self.process.send_signal(how)
        return self.process.wait(timeout=180)


class Soak:
    def __init__(self, program, out, hours):
        self.program, self.out, self.seconds = program, out, hours * 3600
        self.db = f"{out}/soak.db"
        self.failures, self.samples, self.seen_wrong, self.late = [], [], collections.Counter(), collections.Counter()
        self.judged = 0
        self.well, self.ill, self.spells = fleet(spell=max(20, min(180, self.seconds / 12)))
        self.feeds = self.well + self.ill + self.spells
        # A list of feeds that gets one more at half time, and addresses that lead to a feed, for good and for now.
        self.listed = [self.well[0], Feed("listed")]
        self.later = Feed("listed-later")
        self.list = Host(self.opml)
        self.moved, self.led = Feed("moved"), Feed("led")
        self.leads = Host(lambda request: request.send(status=301, Location=self.moved.url) or True)
        self.leads_now = Host(lambda request: request.send(status=302, Location=self.led.url) or True)
        self.begun, self.killed = time.time(), 0.0

    def enough(self, *_):
        """Ends before its time, and judges what there is."""
        self.seconds = time.time() - self.begun

    def opml(self, request):
        feeds = self.listed + [self.later] * (time.time() > self.begun + self.seconds / 2)
        outlines = "".join(f"<outline type='rss' xmlUrl='{feed.url}'/>" for feed in feeds)
        return request.send(f"<opml version='2.0'><body>{outlines}</body></opml>".encode()) or True

    def everything(self):
        return self.feeds + self.listed[1:] + [self.later, self.moved, self.led]

    def expect(self, what, holds, detail=""):
        print(f"{'holds' if holds else 'FAILS'}  {what}{'' if holds else ': ' + str(detail)[:2000]}", flush=True)
        if not holds:
            self.failures.append(what)

    # The run.

    def watch(self, *sources):
        arguments = [self.program, "watch", "--db", self.db, "--every", "15s", "--allow-private", *sources]
        return Program(arguments, f"{self.out}/watch.log")

    def run(self):
        sources = [feed.url for feed in self.feeds] + [host.base + "/feed" for host in (self.list, self.leads, self.leads_now)]
        watch = self.watch(*sources)
        while not os.path.exists(self.db):
            if watch.process.poll() is not None:
                raise SystemExit(f"the watch has ended; see {self.out}/watch.log")
            time.sleep(0.2)
        time.sleep(2)
        serve = Program([self.program, "serve", "--db", self.db, "--port", "0"], f"{self.out}/serve.log")
        self.desk = re.search(rb"http://[\d.]+:\d+", self.said(f"{self.out}/serve.log")).group().decode()
        with open(f"{self.out}/samples.tsv", "w") as table:
            print(*COLUMNS, sep="\t", file=table, flush=True)
            due = time.time() + 30
            while (left := self.begun + self.seconds - time.time()) > 0:
                time.sleep(min(5, left))
                if time.time() < due:
                    continue
                due = time.time() + 30
                if not self.killed and time.time() > self.begun + self.seconds / 10:
                    watch.end(signal.SIGKILL)
                    watch, self.killed = self.watch(), time.time()
                    continue
                print(*self.sample(watch, serve), sep="\t", file=table, flush=True)
        self.settle()
        stopped = time.time()
        self.expect("the watch was killed, and went on from what it kept", self.killed)
        self.expect("the watch ends well when interrupted", watch.end() == 0)
        self.check(stopped)
        self.expect("the desk goes on to the end", serve.process.poll() is None)
        self.expect("the desk answers within a minute, but for one page in a hundred", sum(self.late.values()) * 100 <= len(PAGES) * len(self.samples), self.late)
        serve.end()
        self.tell()
        return 1 if self.failures else 0

    @staticmethod
    def said(log):
        """What a program has said, once it has said its address."""
        for _ in range(100):
            with open(log, "rb") as file:
                if b"http://" in (said := file.read()):
                    return said
            time.sleep(0.2)
        return b""

    def sample(self, watch, serve):
        if watch.process.poll() is not None:
            raise SystemExit(f"the watch has ended; see {self.out}/watch.log")
        for page in PAGES:
            try:
                answer = self.get(page, timeout=60)
            except TimeoutError:
                self.late[page] += 1
                continue
            if page == "/feeds.json":
                self.compare(json.loads(answer)["feeds"])
        store = sum(os.path.getsize(self.db + end) for end in ("", "-wal") if os.path.exists(self.db + end)) >> 10
        row = [round(time.time() - self.begun), *watch.state(), *serve.state(), store, sum(len(feed.offered) for feed in self.everything())]
        self.samples.append(row)
        return row

    def get(self, page, timeout=300):
        with urllib.request.urlopen(self.desk + page, timeout=timeout) as answer:
            return answer.read()

    def compare(self, shown):
        """No feed that is always well is shown as failing, and none that is always ill as well; of one that is ill in spells that is asked
        once its last three answers, of which the last is a while ago, were alike."""
        health = {feed["address"]: feed["health"] for feed in shown}
        for feed in self.well:
            self.seen_wrong[feed.name] += health[feed.url] not in ("well", "new")
        for feed in self.ill:
            self.seen_wrong[feed.name] += health[feed.url] not in (feed.health, "new")
        for feed in self.spells:
            last = feed.looks[-3:]
            if len(last) == 3 and len({good for _, good in last}) == 1 and time.time() - last[-1][0] > 30:
                self.judged += 1
                self.seen_wrong[feed.name] += health[feed.url] != ("well" if last[-1][1] else "failing")

    def settle(self):
        """Nothing new is offered any more, and what was offered is kept: until both numbers have stood for a minute."""
        for feed in self.everything():
            feed.frozen = time.time()
        before, quiet = None, time.time()
        while time.time() < quiet + 60 and time.time() < self.begun + self.seconds + 900:
            now = sum(len(feed.offered) for feed in self.everything()), self.ask("sql", "SELECT count(*) FROM report", "--format", "csv")[1]
            if now != before:
                before, quiet = now, time.time()
            time.sleep(5)

    # What must hold.

    def ask(self, *arguments):
        done = subprocess.run([self.program, *arguments, "--db", self.db], capture_output=True, text=True)
        return done.returncode, done.stdout, done.stderr

    def check(self, stopped):
        self.memory()
        self.reports()
        self.health(stopped)
        self.manners()
        code, said, wrong = self.ask("check")
        self.expect("onrecord check finds everything whole", code == 0, said + wrong)

    def memory(self):
        quarter = self.seconds / 4
        of = lambda which, column: [row[column] for row in self.samples if which * quarter < row[0] <= (which + 1) * quarter]
        if len(of(1, 1)) < 3:
            print("too short to judge memory", flush=True)
            return
        for name, at in (("watch", 1), ("serve", 5)):
            before, after = statistics.median(of(1, at)), statistics.median(of(3, at))
            self.expect(f"{name}: memory is flat ({before / 1024:.0f} MB in the second quarter, {after / 1024:.0f} MB in the last)",
                        after <= before * 1.1 + 16 * 1024)
            for what, column in (("open files", at + 2), ("threads", at + 3)):
                self.expect(f"{name}: {what} do not grow", max(of(3, column)) <= max(of(1, column)) + 4, (of(1, column), of(3, column)))

    def reports(self):
        code, rows, wrong = self.ask("sql", "SELECT id, title, url FROM report", "--timeout", "0", "--format", "jsonl")
        self.expect("the store can be asked", code == 0, wrong)
        kept = [json.loads(row) for row in rows.splitlines()]
        titles = collections.Counter(row["title"] for row in kept)
        offered = {title: (feed, id) for feed in self.everything() for id, title in feed.offered.items()}
        lost = [id for title, (_, id) in offered.items() if not titles[title]]
        self.expect(f"nothing is lost: all {len(offered)} entries offered are kept", not lost, f"{len(lost)}: {lost[:20]}")
        doubled = [title for title, times in titles.items() if times > 1]
        self.expect("nothing is doubled", not doubled, f"{len(doubled)}: {doubled[:20]}")
        strange = [row for row in kept if row["title"] not in offered]
        self.expect("nothing else is kept", not strange, f"{len(strange)}: {strange[:5]}")
        ids = {row["title"]: row["id"] for row in kept}
        wrong_id = [(id, ids[title]) for title, (feed, id) in offered.items()
                    if title in ids and ids[title] != id and not (feed.form == "numbered" and ids[title].startswith(id.rpartition("-")[2]))]
        self.expect("each is kept by the id that its feed gives it", not wrong_id, wrong_id[:10])

    def health(self, stopped):
        code, rows, wrong = self.ask("feeds", "--format", "jsonl")
        listed = {row["address"]: row for row in map(json.loads, rows.splitlines())}
        shown = {row["address"]: row for row in json.loads(self.get("/feeds.json"))["feeds"]}
        same = all(shown[address]["health"] == row["health"] and shown[address]["entries"] == row["entries"] for address, row in listed.items())
        self.expect("the health page says the same as onrecord feeds", code == 0 and same and len(shown) == len(listed), wrong)
        page = self.get("/feeds").decode()
        self.expect("the health page names every feed", all(feed.url in page for feed in self.feeds))
        false = {name: times for name, times in self.seen_wrong.items() if times}
        self.expect(f"the health page told the truth at {len(self.samples)} looks, {self.judged} times of feeds that are ill in spells",
                    not false and self.judged, false)
        for feed in self.ill:
            row = listed[feed.url]
            if row["health"] != feed.health or not re.search(feed.why, row["why"] or "") or row["entries"]:
                self.expect(f"{feed.name} is {feed.health} ({feed.why})", False, row)
        for feed in self.well + self.listed[1:] + [self.later]:
            row = listed.get(feed.url, {})
            title = feed.name if feed.form not in ("sitemap", "latin") else row.get("title")
            if (row.get("health"), row.get("entries"), row.get("title")) != ("well", len(feed.offered), title):
                self.expect(f"{feed.name} is well with {len(feed.offered)} entries", False, row)
        for feed in self.spells:
            self.spell(feed, listed[feed.url], stopped)
        moved, led = listed[self.leads.base + "/feed"], listed[self.leads_now.base + "/feed"]
        self.expect("a feed that moved for good is watched where it is", moved["moved_to"] == self.moved.url and moved["health"] == "well", moved)
        self.expect("a feed that is elsewhere for now is watched where it was", led["moved_to"] is None and led["health"] == "well", led)

    def spell(self, feed, row, stopped):
        """Of a feed that is ill now and then the last answer counts; while it is asked three times for one look, either may be said."""
        ended = [look for look in feed.looks if look[0] < stopped]
        good = ended[-1][1]
        pending = stopped - ended[-1][0] < 2 or (not good and len({well for end, well in ended if stopped - end < 60}) > 1)
        expected = "well" if good else "failing"
        holds = (row["health"] == expected or pending) and row["health"] in ("well", "failing")
        if any(not well for _, well in ended):
            holds = holds and (re.search(feed.why, row["why"] or "") or pending)
        if not holds or row["entries"] != len(feed.offered):
            self.expect(f"{feed.name} is {expected} with {len(feed.offered)} entries", False, (row, ended[-3:]))

    def manners(self):
        """After an answer with Retry-After: 40 its host was asked for nothing within that time, unless the program was killed in it."""
        rude = []
        for feed in self.feeds:
            if feed.fault == "429":
                bad = [end for end, well in feed.looks if not well]
                rude += [(feed.name, begun - end) for end in bad for begun, _, _ in feed.host.asked if end < begun < end + 38
                         and not end < self.killed < begun]
        self.expect("servers that ask to be left alone are left alone", not rude, rude[:5])

    def tell(self):
        first, last = self.samples[0], self.samples[-1]
        print(f"\n{self.seconds / 3600:g} hours, {len(self.everything())} feeds, {last[-1]} reports, store {last[-2] / 1024:.0f} MB")
        for name, at in (("watch", 1), ("serve", 5)):
            rss = [row[at] / 1024 for row in self.samples]
            print(f"{name}: memory {rss[0]:.0f} MB at first, {max(rss):.0f} at most, {rss[-1]:.0f} at last; processor {last[at + 1]:.0f} s")
        bad = [end for feed in self.ill + self.spells for end, well in feed.looks if not well]
        print(f"bad answers served: {len(bad)}; {'all holds' if not self.failures else f'{len(self.failures)} FAIL'}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--hours", type=float, default=2.0)
    parser.add_argument("--program", default="target/release/onrecord")
    parser.add_argument("--out", default="soak", help="a folder for the store, logs and samples; must not have a store yet")
    arguments = parser.parse_args()
    os.makedirs(arguments.out, exist_ok=True)
    if os.path.exists(f"{arguments.out}/soak.db"):
        parser.error(f"{arguments.out} has a store already; name another folder")
    soak = Soak(arguments.program, arguments.out, arguments.hours)
    signal.signal(signal.SIGTERM, soak.enough)
    try:
        return soak.run()
    finally:
        for process in running:
            process.kill()


if __name__ == "__main__":
    sys.exit(main())
