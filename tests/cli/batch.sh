# Whole folders: shape, state, what is made again and what is not, faults, reports, mail merge, parts.
. tests/cli/lib
judge=tests/tools/pdfa-check
cd "$work" || exit 1
judge=$OLDPWD/$judge

head_of() { printf 'số = %s\nký hiệu = SXD-VP\nđịa danh = Sông Lam\nngày = 3/2/2026\ntrích yếu = kiểm tra đợt %s' "$1" "$1"; }
for i in 1 2 3 4; do dispatch "d$i" "$(head_of $i)"; done
mkdir -p in/quy-1/dot-a in/.an
mv d1.* d2.* in; mv d3.* in/quy-1; mv d4.* in/quy-1/dot-a
cp in/d1.ini in/.an/an.ini; cp in/d1.md in/.an/an.md
ln -s .. in/quy-1/vong
tree_of() { (cd "$1" && find . -type f ! -path './.congvan/*' | sort); }
made() { # the outputs that are new since the file "stamp"
    find "$1" -newer stamp -type f ! -path '*/.congvan/*' | sort | tr '\n' ' '; }
stamp() { sleep 0.02; touch stamp; sleep 0.02; }

# ---- folders ----
check "a folder alone" status_is 0 "$congvan" render in -o flat
check "takes its own files only" [ "$(tree_of flat | tr '\n' ' ')" = "./d1.docx ./d1.pdf ./d2.docx ./d2.pdf " ]
check "-r" status_is 0 "$congvan" render in -r -o out --report r.json
check "keeps the shape" [ "$(tree_of out | grep -c pdf) $(tree_of out | tail -1)" = "4 ./quy-1/dot-a/d4.pdf" ]
cp stdout first.out; cp r.json first.json
check "-r beside the files" status_is 0 sh -c "cp -r in beside && rm beside/quy-1/vong && '$congvan' render beside -r"
check "each beside its own" [ -e beside/quy-1/dot-a/d4.pdf ]

# ---- only what changed ----
stamp
check "again" status_is 0 "$congvan" render in -r -o out --report r.json
check "makes nothing" [ -z "$(made out)" ]
check "says the same" cmp stdout first.out
check "reports the same" cmp r.json first.json
changes() { # label, outputs expected to be new
    stamp; sh -c "$2"; "$congvan" render in -r -o out $4 >/dev/null 2>&1
    check "$1" [ "$(made out)" = "$3" ]
}
all="out/d1.docx out/d1.pdf out/d2.docx out/d2.pdf out/quy-1/d3.docx out/quy-1/d3.pdf out/quy-1/dot-a/d4.docx out/quy-1/dot-a/d4.pdf "
changes "a changed INI" "sed -i 's/đợt 1/đợt một/' in/d1.ini" "out/d1.docx out/d1.pdf "
changes "touched, not changed" "touch in/d1.ini" ""
changes "a changed body" "echo 'Thêm.' >>in/quy-1/d3.md" "out/quy-1/d3.docx out/quy-1/d3.pdf "
changes "a new chung.ini" "printf '[công văn]\nđộ khẩn = KHẨN\n' >in/chung.ini" "out/d1.docx out/d1.pdf out/d2.docx out/d2.pdf "
changes "a changed chung.ini" "printf '[công văn]\nđộ khẩn = HỎA TỐC\n' >in/chung.ini" "out/d1.docx out/d1.pdf out/d2.docx out/d2.pdf "
changes "one that is gone" "rm in/chung.ini" "out/d1.docx out/d1.pdf out/d2.docx out/d2.pdf "
changes "one of another spelling" "printf '[công văn]\nđộ khẩn = KHẨN\n' >in/Chung.ini" "out/d1.docx out/d1.pdf out/d2.docx out/d2.pdf "
changes "that is gone too" "rm in/Chung.ini" "out/d1.docx out/d1.pdf out/d2.docx out/d2.pdf "
changes "an output that is gone" "rm out/d2.pdf" "out/d2.docx out/d2.pdf "
changes "an output that was changed" "echo x >>out/d2.docx" "out/d2.docx out/d2.pdf "
changes "--all" "true" "$all" --all
changes "other options" "true" "$all" --no-shrink
changes "other options again" "true" "$all"
cp "$build/templates/cong-van.docx" mau.docx
"$congvan" render in -r -o out --template mau.docx >/dev/null
stamp; "$congvan" render in -r -o out --template mau.docx >/dev/null
check "a template that stays" [ -z "$(made out)" ]
(mkdir x && cd x && unzip -q ../mau.docx && sed -i 's/Nơi nhận:/Nơi  nhận:/' word/document.xml && "$congvan" pack . -o ../mau.docx >/dev/null); rm -rf x
stamp; "$congvan" render in -r -o out --template mau.docx >/dev/null
check "a template that changes" [ "$(made out)" = "$all" ]
echo 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==' | base64 -d >in/ky.png
printf 'chữ ký = ky.png\n' >>in/d1.ini
"$congvan" render in -r -o out >/dev/null
changes "a changed picture" "printf x >>in/ky.png" "out/d1.docx out/d1.pdf "
mkdir phong
"$congvan" render in -r -o out --font-dir phong >/dev/null 2>&1
cp /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf phong
changes "a new font to choose from" "true" "$all" "--font-dir phong"
printf rubbish >>out/.congvan/state
stamp; "$congvan" render in -r -o out --font-dir phong >/dev/null
check "a torn line of the state" [ -z "$(made out)" ]

# ---- the shape of the state does not matter to what comes out ----
rm -rf one two; "$congvan" render in -r -o one -j1 >/dev/null; mkdir two
(mkdir t && cd t && cp -r ../in . && "$congvan" render in -r -o two -j3 >/dev/null)
check "the state too is the same bytes" diff -r one t/two
printf half >two/d1.pdf.congvan-abc123; printf mine >two/d1.pdf.signed; printf other >two/khac.pdf.congvan-abc123
"$congvan" render in -r -o two >/dev/null
check "what an interrupted run left is cleared away" [ ! -e two/d1.pdf.congvan-abc123 ]
check "and nothing else" [ -e two/d1.pdf.signed -a -e two/khac.pdf.congvan-abc123 ]

# ---- one bad file stops nothing ----
sed -i 's/họ tên.*//' in/d2.ini
check "a bad one" status_is 1 "$congvan" render in -r -o bad -j2 --report bad.csv
check "the others are there" [ "$(tree_of bad | grep -c pdf)" = 3 ]
check "it is named at the end" [ "$(tail -1 err)" = "  in/d2.ini" ]
check "marked as what it is" says render-bad
check "and in words" says "1 of 4 documents were not made"
check "the report has its line" grep -q '^in/d2.ini,.*,1,"in/d2.ini' bad.csv
sed -i 's/^chức vụ.*/&\nhọ tên = Lê Văn Thử/' in/d2.ini
stamp; "$congvan" render in -r -o bad >/dev/null
check "once mended it alone is made" [ "$(made bad)" = "bad/d2.docx bad/d2.pdf " ]

# ---- reports ----
"$congvan" render in -r -o out --report r.csv >/dev/null 2>&1
check "CSV for Excel" [ "$(head -c 3 r.csv | od -An -tx1 | tr -d ' ')" = efbbbf ]
check "CSV has number and subject" grep -q '^in/quy-1/d3.ini,03/SXD-VP,kiểm tra đợt 3,1,0,0,' r.csv
"$congvan" render in -r -o out --report r.html >/dev/null 2>&1
check "HTML is well formed" xmllint --html --noout r.html
check "HTML links to the PDFs" grep -q '<a href="out/quy-1/dot-a/d4.pdf">' r.html
mkdir bao-cao; "$congvan" render in -r -o out --report bao-cao/r.html >/dev/null 2>&1
check "seen from the report" grep -q '<a href="../out/d1.pdf">' bao-cao/r.html
check "times only if asked for" sh -c "! grep -q 'Time' r.html && '$congvan' render in -o out --report t.csv --times >/dev/null 2>&1 && grep -q Time t.csv"
check "another kind of report" status_is 2 "$congvan" render in -o out --report r.txt

# ---- parts ----
for k in 1 2 3; do for form in csv json html; do
    "$congvan" render in -r -o parts --shard $k/3 --report p$k.$form >>parts.out 2>/dev/null
done; done
check "the parts make the whole" sh -c "cd parts && find . -name '*.pdf' -o -name '*.docx' | sort | xargs sha256sum >../p.sum; cd ../one && find . -name '*.pdf' -o -name '*.docx' | sort | wc -l | grep -qx 8 && [ \$(wc -l <../p.sum) = 8 ]"
"$congvan" render in -r -o whole --report w.csv >/dev/null
check "to the same bytes" diff -r -x .congvan parts whole
check "their reports concatenate" [ "$(cat p1.csv p2.csv p3.csv | sort)" = "$(sort w.csv)" ]

"$congvan" render in -r -o parts --report q.json >/dev/null; "$congvan" render in -r -o parts --report q.html >/dev/null
check "JSON too: the lines are the members of the whole's array" [ "$(cat p1.json p2.json p3.json | sort)" = "$(sed '1d;$d;s/,$//' q.json | sort)" ]
check "each line by itself" perl -MJSON::PP -ne 'decode_json($_)->{file} or die' p1.json p2.json p3.json
cat p1.html p2.html p3.html >p.html
check "HTML too: one page, well formed" xmllint --html --noout p.html
check "with the rows of the whole" [ "$(grep '^<tr' p.html | sort)" = "$(grep '^<tr' q.html | sort)" ]
check "summed up" grep -q '<p>4 documents, 4 pages; 0 with warnings, 0 with errors.</p>' q.html
summed() { # as a browser counts: the sums of the rows' counters
    perl -ne 'if (/counter-increment:d p (\d+)( w)?( e)?"/) { $d++; $p += $1; $w += !!$2; $e += !!$3 }
              $shown = 1 if /counter\(d\) " documents, " counter\(p\) " pages; " counter\(w\) " with warnings, " counter\(e\)/;
              END { print "$d $p ", $w + 0, " ", $e + 0 if $shown }' "$1"; }
check "and by its parts" [ "$(summed p.html)" = "4 4 0 0" ]
stamp; "$congvan" render in -r -o parts >/dev/null
check "and the whole knows of them" [ -z "$(made parts)" ]
for bad in 0/3 4/3 x 1/ 1/2x; do check "no part $bad" status_is 2 "$congvan" render in -o parts --shard $bad; done

# ---- progress ----
if command -v script >/dev/null; then
    mkdir dai; cp in/*.png dai; for i in $(seq 300); do cat in/d1.md; echo; done >dai/than
    # What is over at once has no bar: as many as this machine is busy with for a moment.
    for many in 90 360 1440; do
        for i in $(seq $many); do cp in/d1.ini dai/d$i.ini; cp dai/than dai/d$i.md; done
        script -qec "'$congvan' render dai -o dai/out$many -j 1 2>&1 >/dev/null" /dev/null >thanh
        grep -q '\[[#.]*\]' thanh && break
    done
    check "a bar on a terminal, drawn over" sh -c "grep -q '/$many .*/' thanh && grep -q '\[[#.]*\]' thanh && grep -q \"\$(printf '\r')\" thanh"
    "$congvan" render dai -o dai/out --all -j 1 -q >/dev/null 2>err
    check "no bar where there is none" sh -c "! grep -q '\[#' err"
else
    echo "# progress on a terminal: no script(1), not tested"
fi

# ---- mail merge ----
printf 'số;kính gửi;người ký.họ tên;nội dung\r\n7;Sở A;Trần Văn Một;\r\n8;"Sở B;Sở C";;khac.md\r\n9;"Sở A/B: ""C""";;\r\n9;"Sở A/B: ""C""";;\r\n' >ds.csv
echo 'Nội dung khác.' >khac.md
check "rows" status_is 0 "$congvan" render in/d1.ini --rows ds.csv --name '{số}-{kính gửi}' -o thu --merge-pdf tat-ca.pdf
check "safe names, none twice" [ "$(cd thu && ls *.pdf | LC_ALL=C sort | tr '\n' '|')" = "7-Sở A.pdf|8-Sở B;Sở C.pdf|9-Sở A-B- -C--2.pdf|9-Sở A-B- -C-.pdf|" ]
check "columns are keys" sh -c "pdftotext -layout 'thu/7-Sở A.pdf' - | grep -q 'Trần Văn Một' && pdftotext 'thu/8-Sở B;Sở C.pdf' - | grep -q -- '- Sở C.' && pdftotext 'thu/8-Sở B;Sở C.pdf' - | grep -q 'Nội dung khác.'"
check "joined" [ "$(pdfinfo tat-ca.pdf | sed -n 's/Pages: *//p')" = 4 ]
check "joined in order" sh -c "pdftotext -f 3 -l 3 -layout tat-ca.pdf - | grep -q 'Số: 09'"
check "joined, well formed" sh -c "qpdf --check tat-ca.pdf >/dev/null"
check "joined, an entry of the outline for each" [ "$(qpdf --qdf --object-streams=disable tat-ca.pdf - | grep -a -c '^  /Dest \[')" = 4 ]
check "joined, still PDF/A" "$judge" tat-ca.pdf
mkdir -p cung; for i in $(seq 60); do cp in/quy-1/d3.ini cung/n$i.ini; cp in/quy-1/d3.md cung/n$i.md; done
"$congvan" render cung -o cung-ra -q --merge-pdf cung.pdf >/dev/null
check "what documents have in common is joined once" [ $(stat -c %s cung.pdf) -lt $(($(stat -c %s cung-ra/n1.pdf) + 60 * 800)) ]
check "and each is there" [ "$(pdftotext cung.pdf - | grep -c 'Số: 03')" = 60 ]
cp tat-ca.pdf lan-1.pdf; "$congvan" render in/d1.ini --rows ds.csv --name '{số}-{kính gửi}' -o thu --merge-pdf tat-ca.pdf >/dev/null
check "joined to the same bytes" cmp tat-ca.pdf lan-1.pdf
stamp; sed -i 's/Sở A;/Sở Ạ;/' ds.csv; "$congvan" render in/d1.ini --rows ds.csv -o thu --name '{số}' >/dev/null
stamp; sed -i 's/Trần Văn Một/Trần Văn Hai/' ds.csv; "$congvan" render in/d1.ini --rows ds.csv -o thu --name '{số}' >/dev/null
check "only the row that changed" [ "$(made thu)" = "thu/7.docx thu/7.pdf " ]
iconv -t UTF-16LE ds.csv | (printf '\377\376'; cat) >rong.csv; tr ';' '\t' <ds.csv >/dev/null
check "UTF-16 from Excel" status_is 0 "$congvan" render in/d1.ini --rows rong.csv -o rong
check "named by their rows" [ -e rong/d1-0004.pdf ]
check "a name that is not there" status_is 1 "$congvan" render in/d1.ini --rows ds.csv --name '{mã}' -o thu
check "is said" says rows-name-unknown
printf 'số;ngày;kính gửi\n7;3/2/2026;Sở A\n8;31/2/2026;Sở B\n9;3/2/2026;Sở C;thừa\n10;3/2/2026;Sở D\n' >sai.csv
check "a row with errors" status_is 1 "$congvan" render in/d1.ini --rows sai.csv --name '{số}' -o sai --merge-pdf sai.pdf
check "is told by its line" grep -q '^sai.csv:3: error: .*dispatch-bad-date' err
check "a cell that has no column likewise" grep -q '^sai.csv:4: error: .*rows-extra-cell' err
check "and at the end" [ "$(tail -2 err | tr '\n' ' ')" = "  in/d1.ini (3)   in/d1.ini (4) " ]
check "the others are made, and joined" sh -c "[ \"\$(ls sai/*.pdf | tr '\n' ' ')\" = 'sai/10.pdf sai/7.pdf ' ] && [ \$(pdfinfo sai.pdf | sed -n 's/Pages: *//p') = 2 ]"
check "two columns of one name" sh -c "printf 'số;Số\n1;2\n' >hai.csv; ! '$congvan' render in/d1.ini --rows hai.csv -o sai 2>err"
check "are one too many" says rows-same-column
check "a heading alone" sh -c "echo 'số;kính gửi' >trong.csv; ! '$congvan' render in/d1.ini --rows trong.csv -o thu 2>err"
check "is said too" says rows-none
check "rows of two INIs" status_is 1 "$congvan" render in/d1.ini in/d2.ini --rows ds.csv -o thu
check "have one" says rows-one-ini
check "names without rows" status_is 2 "$congvan" render in/d1.ini --name '{số}'
check "disagree" says options-disagree
check "joining what is no PDF" sh -c "mkdir -p khong.pdf; ! '$congvan' render in/d1.ini -o thu2 --merge-pdf khong.pdf >/dev/null 2>err"

# ---- signals, disks ----
mkdir nhieu; for i in $(seq 400); do cp in/quy-1/d3.ini nhieu/n$i.ini; cp in/quy-1/d3.md nhieu/n$i.md; done
"$congvan" render nhieu -o dung -j2 >dung.out 2>dung.err & pid=$!
until ls dung 2>/dev/null | grep -q pdf; do sleep 0.01; done; kill -TERM $pid; wait $pid; ended=$?
check "a signal ends it" [ $ended -eq 143 ]
check "cleanly" sh -c "grep -q render-interrupted dung.err && ! find dung -name '*.congvan-*' | grep -q ."
check "what is told is there" sh -c "[ \$(wc -l <dung.out) = \$(ls dung | wc -l) ]"
"$congvan" render nhieu -o dung -j2 >/dev/null; "$congvan" render nhieu -o het -j1 --report mot.csv >het.out
(mkdir ba && cd ba && "$congvan" render ../nhieu -o het -j3 --report ba.csv >het.out; sed 's/\.\.\///' ba.csv >../ba.csv)
check "report and results in one order, whatever -j" sh -c "cmp mot.csv ba.csv && cmp het.out ba/het.out"
check "and is finished by the next call" diff -r dung het
for turn in 1 2 3 4 5 6 7 8; do
    "$congvan" render nhieu -o chet -j2 >/dev/null 2>&1 & pid=$!
    sleep 0.0$turn; kill -9 $pid 2>/dev/null; wait $pid 2>/dev/null
done
"$congvan" render nhieu -o chet -j2 >/dev/null
# The long version: tests/tools/torture.
check "killed eight times, finished once: the same tree" diff -r chet het

if [ "$(id -u)" = 0 ] && mkdir day && mount -t tmpfs -o size=2m none day 2>/dev/null; then
    check "a full disk" status_is 3 "$congvan" render nhieu -o day/out -j2
    check "is said" says file-cannot-write
    for pdf in day/out/*.pdf; do qpdf --check "$pdf" >/dev/null 2>&1 || echo "$pdf"; done >hong
    check "what is there is whole" [ ! -s hong ]
    left() { find day -name '*.congvan-*' | grep -q .; }
    check "nothing half written" sh -c "! find day -name '*.congvan-*' | grep -q ."
    named=$(grep -c '^  nhieu/' err); pdfs=$(ls day/out/*.pdf | wc -l)
    check "the rest is named" [ $((named + pdfs)) -ge 400 ]
    umount day
    mount -t tmpfs -o ro none day
    check "a read-only folder" status_is 3 "$congvan" render nhieu -o day
    umount day
else
    echo "# full and read-only disks: no right to mount here, not tested"
fi
