// Tags raw text with wink-nlp; CoNLL-U without trees to standard output, speed to standard error.
//
//     node wink.mjs text.txt > predicted.conllu
import { readFileSync } from 'node:fs';
import winkNLP from 'wink-nlp';
import model from 'wink-eng-lite-web-model';

const nlp = winkNLP(model, ['sbd', 'pos', 'ner']);
const its = nlp.its;
const lines = readFileSync(process.argv[2], 'utf8').split('\n');
lines.slice(0, 200).forEach((line) => nlp.readDoc(line)); // the compiler warms up
const start = process.cpuUsage();
const docs = lines.map((line) => nlp.readDoc(line));
const used = process.cpuUsage(start);
let words = 0;
const out = [];
for (const doc of docs) {
  out.push('# newpar');
  doc.sentences().each((sentence) => {
    let n = 0;
    const forms = sentence.tokens().out();
    const spaces = sentence.tokens().out(its.precedingSpaces);
    const tags = sentence.tokens().out(its.pos);
    forms.forEach((form, i) => {
      if (!form.trim()) return;
      n += 1;
      words += 1;
      const spaced = spaces[i + 1] === '' ? 'SpaceAfter=No' : '_';
      const head = n === 1 ? 0 : 1;
      out.push([n, form, '_', tags[i], '_', '_', head, head ? 'dep' : 'root', '_', spaced].join('\t'));
    });
    if (n) out.push('');
  });
}
console.log(out.join('\n'));
console.error(`${words} words, ${Math.round(words / ((used.user + used.system) / 1e6))} a second of processor time`);
