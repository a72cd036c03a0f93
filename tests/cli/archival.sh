# Every PDF is PDF/A-2u; with --attach-source PDF/A-3u that carries what it was made from.
# tests/tools/pdfa-check is the judge everywhere. Where Debian's PDFBox (libpdfbox2-java,
# libactivation-java, libjaxb-api-java) and a JDK are installed, its preflight reads the files too; it knows
# PDF/A-1b only, so what part 1 alone asks for is not held against them.
. tests/cli/lib
judge=tests/tools/pdfa-check

pairs() { # are the files that come out of $1 those of the folders $2 $3?
    rm -rf "$work/out"; mkdir "$work/out"
    pdfdetach -saveall -o "$work/out" "$1" >/dev/null || return 1
    for got in "$work/out"/*; do
        name=$(basename "$got")
        [ -e "$2/$name" ] && source=$2/$name || source=$3/$name
        cmp "$got" "$source" || return 1
    done
}
attached() { pdfdetach -list "$1" | sed -n 's/^[0-9]*: //p' | tr '\n' ' '; }

"$congvan" render samples -o "$work/plain" >/dev/null 2>"$work/err"
"$congvan" render samples -o "$work/full" --attach-source >/dev/null 2>>"$work/err"
for pdf in "$work"/plain/*.pdf; do
    sample=$(basename "$pdf" .pdf) # pairs has a name of its own
    pages=$(pdfinfo "$pdf" | sed -n 's/^Pages: *//p')
    check "PDF/A-2u $sample" "$judge" "$pdf"
    check "PDF/A-3u $sample" "$judge" "$work/full/$sample.pdf"
    check "what is attached is what went in, $sample" pairs "$work/full/$sample.pdf" "$work/full" samples
    [ "$pages" -gt 2 ] || check "two pages take at most 45 KB, $sample" [ "$(wc -c <"$pdf")" -le 45000 ]
done
check "a DOCX laid out" "$congvan" pdf "$work/plain/01-mot-noi-nhan.docx" -o "$work/one.pdf" >/dev/null
check "PDF/A-2u of a DOCX" "$judge" "$work/one.pdf"
check "part 2 has no files" [ -z "$(attached "$work/plain/01-mot-noi-nhan.pdf")" ]

# The day a dispatch is from, never the clock's; a draft has none. Laid out again it is the same.
dates() { pdfinfo -meta "$1" | sed -n 's/.*<\(xmp:[A-Za-z]*Date\|dc:date\)>//p' | sed 's/<[^>]*>//g' | tr '\n' ' '; }
docx_has() { unzip -p "$1" docProps/core.xml | grep -q "$2"; }
check "the date of an issued dispatch" [ "$(dates "$work/plain/01-mot-noi-nhan.pdf")" = "2026-02-03 2026-02-03 2026-02-03 " ]
check "a draft has no date" [ -z "$(dates "$work/plain/02-rat-ngan.pdf")" ]
check "the date in the DOCX" docx_has "$work/plain/01-mot-noi-nhan.docx" \
    '<dcterms:created xsi:type="dcterms:W3CDTF">2026-02-03T00:00:00Z</dcterms:created>'
check "the date of a DOCX laid out" [ "$(dates "$work/one.pdf")" = "$(dates "$work/plain/01-mot-noi-nhan.pdf")" ]

# The defaults a dispatch took values from belong to it, others do not.
mkdir "$work/in"
dispatch a
mv "$work"/a.* "$work/in"
"$congvan" render "$work/in/a.ini" --attach-source -o "$work/out1" >/dev/null 2>&1
mod_dates() { qpdf --json --json-key=qpdf "$1" 2>/dev/null | grep -c '"/ModDate": "u:D:20260203'; }
check "attached files bear the date of the dispatch" [ "$(mod_dates "$work/full/01-mot-noi-nhan.pdf")" -ge 3 ]
check "INI, body, DOCX" [ "$(attached "$work/out1/a.pdf")" = "a.docx a.ini a.md " ]
printf '[công văn]\nđộ khẩn = KHẨN\n' >"$work/in/chung.ini"
"$congvan" render "$work/in/a.ini" --attach-source -o "$work/out1" >/dev/null 2>&1
check "and chung.ini where used" [ "$(attached "$work/out1/a.pdf")" = "a.docx a.ini a.md chung.ini " ]
check "PDF/A-3u with chung.ini" "$judge" "$work/out1/a.pdf"
check "pdf has no --attach-source" status_is 2 "$congvan" pdf "$work/plain/01-mot-noi-nhan.docx" --attach-source

# The judge must be able to say no.
refuses() { # clause, sed script on the bytes of a good file (lengths kept)
    LC_ALL=C sed "$2" "$work/plain/01-mot-noi-nhan.pdf" >"$work/bad.pdf"
    cmp -s "$work/plain/01-mot-noi-nhan.pdf" "$work/bad.pdf" && return 1
    "$judge" "$work/bad.pdf" >"$work/stdout"
    grep -qF ": $1: " "$work/stdout"
}
check "no comment of high bytes" refuses 6.1.2 '2s/^%./%a/'
check "no ID" refuses 6.1.3 's|^/ID\[|/IX[|'
check "a crooked table" refuses 6.1.4 's/00000 n\r$/00000 m\r/'
check "another conformance" refuses 6.6.4 's/>U<\/pdfaid/>A<\/pdfaid/'
check "another date" refuses 6.1.5 's/(D:20260203)/(D:20260204)/'
check "another producer" refuses 6.1.5 's/(congvan)/(cangvan)/'
check "no output intent" refuses 6.2.3 's/GTS_PDFA1/GTS_PDFX1/'
check "inks of the device" refuses 6.2.4.3 's|/CIDToGIDMap/Identity|/ColorX/DeviceCMYK   |'
check "no ToUnicode" refuses 6.2.11.7.2 's|/ToUnicode|/ToUnicodx|'
check "wrong widths" refuses 6.2.11.5 's|/DW |/DX |'
check "not embedded" refuses 6.2.11.4.1 's|/FontFile2|/FontFile9|'

# ---- the second judge ----

jars=/usr/share/java
classes=$jars/preflight.jar:$jars/pdfbox2.jar:$jars/xmpbox.jar:$jars/fontbox2.jar
classes=$classes:$jars/commons-logging.jar:$jars/javax.activation.jar:$jars/jaxb-api.jar
if [ -e $jars/preflight.jar ] && [ -e $jars/javax.activation.jar ] && [ -e $jars/jaxb-api.jar ] && command -v javac >/dev/null; then
    java -cp "$classes" tests/tools/Preflight.java "$work"/plain/*.pdf "$work"/full/*.pdf >"$work/preflight" 2>&1
    # Part 1 alone asks for a CIDSet, wants part 1 and level A or B, and knows no embedded files.
    grep -vE ' (3\.1\.11 .*CIDSet|7\.11\.[12] |1\.4\.7 .*EmbeddedFile|1\.2\.9 .*EmbeddedFile)' "$work/preflight" |
        grep -v ': read$' >"$work/left"
    check "PDFBox preflight has read all" [ "$(grep -c ": read$" "$work/preflight")" -eq "$(ls "$work"/plain/*.pdf "$work"/full/*.pdf | wc -l)" ]
    check "PDFBox preflight finds nothing" [ ! -s "$work/left" ]
    sed 's/^/# /' "$work/left"
else
    echo "# PDFBox preflight, a second judge, is not installed here and was not asked"
fi
