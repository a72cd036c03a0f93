// The same merge over and over: node bench_docxtemplater.js TEMPLATE.docx COUNT -> ms a document.
const fs = require('fs'), PizZip = require('pizzip'), Docxtemplater = require('docxtemplater');
const bytes = fs.readFileSync(process.argv[2]), count = +process.argv[3];
const data = { body: Array.from({ length: 15 }, (_, i) => ({ text: 'Đoạn ' + i + ' ' + 'xây dựng kế hoạch '.repeat(12) })) };
const once = () => new Docxtemplater(new PizZip(bytes), { paragraphLoop: true, linebreaks: true })
    .render(data).getZip().generate({ type: 'nodebuffer', compression: 'DEFLATE' }).length;
for (let i = 0; i < 20; i++) once();
const begun = process.hrtime.bigint();
for (let i = 0; i < count; i++) once();
console.log(Number(process.hrtime.bigint() - begun) / 1e6 / count);
