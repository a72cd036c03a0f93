// What Aspose.PDF finds against PDF/A in files: node judge_pdfa.cjs PDF_A_2U FILE...
// Prints "ok FILE" or "not ok FILE: what"; exit 1 if there is any such.
const fs = require('fs');
const os = require('os');
const path = require('path');
const open = require('asposepdfnodejs');

function findings(judge, part, file, report) {
  const result = judge.AsposePdfValidatePDFA(file, judge.PdfFormat[part], report);
  if (result.errorCode !== 0) return [result.errorText];
  const log = fs.readFileSync(report, 'utf8');
  return [...log.matchAll(/<Problem [^>]*?Clause="([^"]*)"[^>]*>([^<]*)/g)].map((m) => `${m[1]}: ${m[2]}`);
}

open().then((judge) => {
  const [part, ...files] = process.argv.slice(2);
  const report = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'pdfa-')), 'report.xml');
  let bad = 0;
  for (const file of files) {
    const found = findings(judge, part, file, report);
    bad += found.length > 0;
    console.log(found.length ? `not ok ${file}: ${[...new Set(found)].join('; ')}` : `ok ${file}`);
  }
  fs.rmSync(path.dirname(report), { recursive: true });
  process.exit(bad ? 1 : 0);
});
