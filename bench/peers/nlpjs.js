// nlp.js on the sentences of standard input: {"train": [[text, intent]], "test": [text]}, with its defaults.
const { NlpManager } = require("node-nlp");

async function main() {
  const chunks = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  const { train, test } = JSON.parse(Buffer.concat(chunks).toString());
  const manager = new NlpManager({ languages: ["nl"], autoSave: false, nlu: { log: false } });
  for (const [text, intent] of train) manager.addDocument("nl", text, intent);
  let began = process.hrtime.bigint();
  await manager.train();
  const trained = Number(process.hrtime.bigint() - began) / 1e9;
  const guesses = [];
  began = process.hrtime.bigint();
  for (const text of test) guesses.push((await manager.process("nl", text)).intent);
  const taken = Number(process.hrtime.bigint() - began) / 1e6 / test.length;
  const memory = process.memoryUsage().rss / 1e6;
  process.stdout.write(JSON.stringify({ guesses, trained, taken, memory }));
}

main();
