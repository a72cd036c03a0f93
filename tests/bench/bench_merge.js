// The same merge by docxtemplater and easy-template-x: node bench_merge.js TEMPLATE.docx DATA.json N.
// Beside the template lies TEMPLATE-named.docx, where {{.}} is {{item}}: easy-template-x has objects in its
// lists. Prints a line per engine: name, median ms; the DOCX of each goes beside the data.
const fs = require('fs');
const path = require('path');
const [file, dataFile, runs] = [process.argv[2], process.argv[3], Number(process.argv[4] || 300)];
const bytes = fs.readFileSync(file);
const named = fs.readFileSync(file.replace('.docx', '-named.docx'));
const data = JSON.parse(fs.readFileSync(dataFile, 'utf8'));
const PizZip = require('pizzip');
const Docxtemplater = require('docxtemplater');
const { TemplateHandler } = require('easy-template-x');

const objects = Object.fromEntries(Object.entries(data).map(([key, value]) => [key,
  Array.isArray(value) ? value.map((item) => ({ item })) : value]));

const engines = {
  docxtemplater: async () => {
    const doc = new Docxtemplater(new PizZip(bytes), {
      paragraphLoop: true, linebreaks: true, delimiters: { start: '{{', end: '}}' }, nullGetter: () => '' });
    doc.render(data);
    return doc.getZip().generate({ type: 'nodebuffer', compression: 'DEFLATE' });
  },
  'easy-template-x': async () => {
    const handler = new TemplateHandler({ delimiters: {
      tagStart: '{{', tagEnd: '}}', containerTagOpen: '#', containerTagClose: '/' } });
    return handler.process(named, objects);
  },
};

(async () => {
  for (const [name, run] of Object.entries(engines)) {
    const times = [];
    let out;
    for (let i = -30; i < runs; i++) {
      const start = process.hrtime.bigint();
      out = await run();
      if (i >= 0) times.push(Number(process.hrtime.bigint() - start) / 1e6);
    }
    times.sort((a, b) => a - b);
    fs.writeFileSync(path.join(path.dirname(dataFile), name + '.docx'), out);
    console.log(name, times[runs >> 1].toFixed(3));
  }
})().catch((error) => { console.error(String(error && error.stack || error)); process.exit(1); });
