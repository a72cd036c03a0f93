# Text from right to left: pdftotext gives it back as it is read, and without FriBidi it is named.
. tests/cli/lib

mkdir "$work/t" && unzip -q "$build/templates/cong-van.docx" -d "$work/t"
cat >"$work/t/word/document.xml" <<'EOF'
<?xml version="1.0" encoding="UTF-8"?>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>
<w:p><w:pPr><w:bidi/></w:pPr><w:r><w:rPr><w:rtl/></w:rPr><w:t>שלום (עולם) ואחרים</w:t></w:r></w:p>
<w:p><w:pPr><w:bidi/><w:jc w:val="both"/></w:pPr><w:r><w:rPr><w:rtl/></w:rPr><w:t>بسم الله الرحمن الرحيم والسلام عليكم</w:t></w:r></w:p>
<w:p><w:r><w:t>Việt Nam</w:t></w:r></w:p>
</w:body></w:document>
EOF
(cd "$work/t" && zip -qr ../a.docx .)
text() { pdftotext "$work/$1.pdf" - | LC_ALL=C sed 's/\xe2\x80[\xaa-\xae]//g' | grep -v '^.\{0,1\}$'; }

check "it is printed" status_is 0 "$congvan" pdf "$work/a.docx" -o "$work/a.pdf"
check "nothing is named" silent_on unsupported
text a >"$work/got"
cat >"$work/want" <<'EOF'
שלום (עולם) ואחרים
بسم الله الرحمن الرحيم والسلام عليكم
Việt Nam
EOF
check "it is read back" diff "$work/want" "$work/got"
check "word for word in the order of the file, too" sh -c "pdftotext -raw '$work/a.pdf' - | grep -q 'الرحمن'"
check "the PDF is sound" sh -c "qpdf --check '$work/a.pdf' >/dev/null"
check "and archival" tests/tools/pdfa-check "$work/a.pdf"
check "it says that its letters are turned round" sh -c "qpdf --qdf '$work/a.pdf' - | grep -aq '/ReversedChars BMC'"

mkdir "$work/lib" && : >"$work/lib/libfribidi.so.0"
check "without FriBidi it is printed" status_is 0 env LD_LIBRARY_PATH="$work/lib" "$congvan" pdf "$work/a.docx" -o "$work/b.pdf"
check "and named" says "[bidi-missing]"
check "once" [ "$(grep -c bidi-missing "$work/err")" -eq 1 ]
check "with its text" sh -c "pdftotext '$work/b.pdf' - | grep -q 'Việt Nam'"
