// An equivalent document set by Typst, over and over: node bench_typst.mjs BODY.md COUNT FONTS -> ms a PDF.
import fs from 'fs';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
const [body, count, fonts] = [fs.readFileSync(process.argv[2], 'utf8'), +process.argv[3], process.argv[4]];
const plain = body.replace(/\[\^.*?\]:?/g, '').replace(/[#$@<>\\`_]/g, '\\$&').replace(/\*\*/g, '*');
const source = n => `#set page(paper: "a4", margin: (left: 30mm, right: 15mm, y: 20mm), numbering: "1")
#set text(font: "Liberation Serif", size: 14pt, lang: "vi")
#set par(justify: true, first-line-indent: 1cm)
#grid(columns: (40%, 60%), align: center, [*ỦY BAN NHÂN DÂN* \\ Số: ${n}/UBND-NC],
  [*CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM* \\ *Độc lập - Tự do - Hạnh phúc*])
${plain}
#grid(columns: (45%, 55%), [_Nơi nhận:_ \\ - Như trên; \\ - Lưu: VT.], align(center)[*CHỦ TỊCH* #v(2cm) *Phùng Đức Lâm*])
`;
const compiler = NodeCompiler.create({ fontArgs: [{ fontPaths: [fonts] }] });
const once = n => compiler.pdf({ mainFileContent: source(n) }).length;
for (let i = 0; i < 5; i++) once(i);
const begun = process.hrtime.bigint();
for (let i = 0; i < count; i++) { once(1000 + i); compiler.evictCache(10); }
console.log(Number(process.hrtime.bigint() - begun) / 1e6 / count);
