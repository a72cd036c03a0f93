# --watch: what is saved is made again, however editors save, whatever becomes of folders.
. tests/cli/lib
cd "$work" || exit 1

head_of() { printf 'số = %s\nký hiệu = SXD-VP\nđịa danh = Sông Lam\nngày = 3/2/2026\ntrích yếu = kiểm tra đợt %s' "$1" "$1"; }
for i in 1 2 3 4; do dispatch "d$i" "$(head_of $i)"; done
"$congvan" pack --help >/dev/null 2>&1
wait_for() { n=0; while [ $n -lt 150 ]; do "$@" && return 0; sleep 0.02; n=$((n + 1)); done; return 1; }
pdf_has() { pdftotext -layout "$1" - 2>/dev/null | grep -q "$2"; }
png() { echo 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==' | base64 -d; }
is_newer() { [ "$1" -nt "$2" ]; }
settled() { # nothing more is told
    before=$(wc -c <watch.out); sleep 0.15; [ "$(wc -c <watch.out)" = "$before" ]; }
told() { [ "$(wc -l <watch.out)" = "$1" ]; } # so many files
rounds_of() { grep -c "^$1\$" watch.out; } # how often a file was made

mkdir -p xem mau phong
cp d1.ini d1.md xem
cp "$build/templates/cong-van.docx" mau/m.docx
"$congvan" render xem -r -o ra --watch --template mau/m.docx --font-dir phong >watch.out 2>watch.err & pid=$!
check "made at once" wait_for pdf_has ra/d1.pdf "Sông Lam"

# ---- one file, as editors save it ----
sed -i 's/Sông Lam/Sông Hồng/' xem/d1.ini
check "a saved INI (by rename)" wait_for pdf_has ra/d1.pdf "Sông Hồng"
echo 'Đoạn mới viết.' >>xem/d1.md
check "a saved body" wait_for pdf_has ra/d1.pdf "Đoạn mới viết"
cp xem/d1.md nha.md; echo 'Ghi đè.' >>nha.md
{ dd if=nha.md bs=20 count=3 2>/dev/null; sleep 0.05; dd if=nha.md bs=20 skip=3 2>/dev/null; } >xem/d1.md
check "truncated and written in pieces" wait_for pdf_has ra/d1.pdf "Ghi đè"
wait_for settled
before=$(wc -c <watch.err)
mv xem/d1.md xem/d1.md~; sleep 0.03; { cat nha.md; echo 'Sau khi dời bản cũ.'; } >xem/d1.md
check "the old one moved off first (vim, emacs)" wait_for pdf_has ra/d1.pdf "Sau khi dời bản cũ"
check "is not taken for lost meanwhile" [ "$(wc -c <watch.err)" = "$before" ]
rm xem/d1.md~
wait_for settled; before=$(rounds_of ra/d1.pdf)
for name in .d1.md.swp .~lock.d1.ini# '#d1.md#' '~$d1.docx' d1.md~ 4913 .goutputstream-X; do echo x >"xem/$name"; done
sleep 0.2; rm xem/.d1* xem/.~* xem/#* xem/~* xem/d1.md~ xem/4913 xem/.gout*
check "editors' own files make nothing" sh -c "sleep 0.15; [ \$(grep -c '^ra/d1.pdf\$' watch.out) = $before ]"
for i in 1 2 3 4 5 6 7 8 9 10; do cat nha.md >xem/d1.md; done; echo 'Lần cuối.' >>xem/d1.md
check "a burst of saves ends right" wait_for pdf_has ra/d1.pdf "Lần cuối"
wait_for settled
check "in few renderings" [ $(($(rounds_of ra/d1.pdf) - before)) -le 6 ]
rm xem/d1.md
check "a body that is gone is said" wait_for grep -q 'd1.md.*file-cannot-read' watch.err
ln nha.md xem/d1.md
check "a link is a file too" wait_for settled && check "and is made from" wait_for pdf_has ra/d1.pdf "Ghi đè"
rm xem/d1.md; cp nha.md xem/d1.md

# ---- what else a dispatch is made from ----
printf '[công văn]\nđộ khẩn = HỎA TỐC\n' >xem/Chung.ini
check "a chung.ini, by any case" wait_for pdf_has ra/d1.pdf "HỎA TỐC"
rm xem/Chung.ini
gone() { ! pdf_has "$1" "$2"; }
check "one that is gone" wait_for gone ra/d1.pdf "HỎA TỐC"
printf 'chữ ký = anh/ky.png\n' >>xem/d1.ini
check "a picture that is missing is said" wait_for grep -q 'dispatch-no-picture' watch.err
touch mark; sleep 0.02
mkdir -p xem/anh.moi; png >xem/anh.moi/ky.png; mv xem/anh.moi xem/anh
check "until it comes, in a folder of its own" wait_for is_newer ra/d1.pdf mark
wait_for settled; touch mark; sleep 0.02; png >anh-moi; printf x >>anh-moi; mv anh-moi xem/anh/ky.png
check "a changed picture" wait_for is_newer ra/d1.pdf mark
sed -i '/^chữ ký/d' xem/d1.ini
printf '[phụ lục 1]\ntiêu đề = BẢNG\ntệp = so-lieu/bang.csv\n' >>xem/d1.ini
wait_for grep -q 'bang.csv.*file-cannot-read' watch.err
mkdir -p xem/so-lieu; printf 'Xã,Số hộ\nKhe Trúc,41\n' >xem/so-lieu/bang.csv
check "a table that comes" wait_for pdf_has ra/d1.pdf "Khe Trúc"
printf 'Xã,Số hộ\nBản Hạc,42\n' >xem/so-lieu/bang.csv
check "and changes" wait_for pdf_has ra/d1.pdf "Bản Hạc"
(mkdir x && cd x && unzip -q ../mau/m.docx && sed -i 's/Nơi nhận:/Nơi  nhận:/' word/document.xml && "$congvan" pack . -o ../m2.docx >/dev/null); rm -rf x
mv m2.docx mau/m.docx
check "a saved template" wait_for pdf_has ra/d1.pdf "Nơi  *nhận"
wait_for settled; touch mark; sleep 0.02; cp /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf phong
check "a font that comes" wait_for is_newer ra/d1.pdf mark

# ---- dispatches and folders that come and go ----
cp d3.ini d3.md xem
check "a new dispatch" wait_for pdf_has ra/d3.pdf "Số: 03"
sed -i 's/họ tên.*//' xem/d3.ini
check "an error is said" wait_for grep -q "d3.ini.*error" watch.err
echo 'họ tên = Người Mới' >>xem/d3.ini
check "and mended" wait_for pdf_has ra/d3.pdf "Người Mới"
mkdir -p xem/quy-1/dot-a; cp d4.ini d4.md xem/quy-1/dot-a
check "new subfolders, at once full" wait_for pdf_has ra/quy-1/dot-a/d4.pdf "Số: 04"
echo 'Thêm vào trong.' >>xem/quy-1/dot-a/d4.md
check "are watched" wait_for pdf_has ra/quy-1/dot-a/d4.pdf "Thêm vào trong"
mv xem/quy-1 xem/quy-2
check "a renamed folder" wait_for pdf_has ra/quy-2/dot-a/d4.pdf "Thêm vào trong"
wait_for settled; echo 'Sau khi đổi tên.' >>xem/quy-2/dot-a/d4.md
check "is watched under its new name" wait_for pdf_has ra/quy-2/dot-a/d4.pdf "Sau khi đổi tên"
mkdir ngoai; cp d2.ini d2.md ngoai; mv ngoai xem/vao
check "a folder moved in" wait_for pdf_has ra/vao/d2.pdf "Số: 02"
mv xem/quy-2 ra-khoi; wait_for settled
before=$(wc -c <watch.out); echo 'Ở ngoài.' >>ra-khoi/dot-a/d4.md; sleep 0.2
check "one moved out is none of ours" [ "$(wc -c <watch.out)" = "$before" ]
mkdir lien; cp d2.ini d2.md lien; ln -s ../lien xem/lien-ket
check "a link to a folder" wait_for pdf_has ra/lien-ket/d2.pdf "Số: 02"
rm -r xem; wait_for settled; mkdir xem; cp d2.ini d2.md xem
check "the folder itself gone and back" wait_for pdf_has ra/d2.pdf "Số: 02"
check "it never polls" sh -c "a=\$(cut -d' ' -f14,15 /proc/$pid/stat); sleep 0.25; [ \"\$a\" = \"\$(cut -d' ' -f14,15 /proc/$pid/stat)\" ]"
kill -INT $pid 2>/dev/null; kill -TERM $pid; wait $pid; ended=$?
check "watching ends with a signal" [ $ended -eq 1 ]
check "and leaves a state to go on from" grep -q 'xem/d2.ini' ra/.congvan/state
check "and nothing half written" sh -c "! find ra -name '*.congvan-*' | grep -q ."

# ---- rows ----
printf 'số;kính gửi\n7;Sở A\n8;Sở B\n' >ds.csv
"$congvan" render d1.ini --rows ds.csv -o thu --name '{số}' --watch >watch.out 2>watch.err & pid=$!
check "rows" wait_for pdf_has thu/8.pdf "Sở B"
wait_for settled; touch mark; sleep 0.02
printf 'số;kính gửi\n7;Sở A\n8;Sở C\n9;Sở D\n' >ds.csv
check "a changed row" wait_for pdf_has thu/8.pdf "Sở C"
check "a new row" wait_for pdf_has thu/9.pdf "Sở D"
check "not the row that stays" is_newer mark thu/7.pdf
kill -TERM $pid; wait $pid

# ---- many ----
mkdir nhieu; for i in $(seq 40); do cp d1.ini nhieu/n$i.ini; cp d1.md nhieu/n$i.md; done
"$congvan" render nhieu -o nhieu-ra --watch -j 2 >watch.out 2>watch.err & pid=$!
check "a folder of many, by workers" wait_for [ -e nhieu-ra/n9.pdf -a -e nhieu-ra/n40.pdf ]
wait_for told 80; wait_for settled; echo 'Chỉ một.' >>nhieu/n7.md
check "then the one that is saved" wait_for pdf_has nhieu-ra/n7.pdf "Chỉ một"
check "alone" wait_for told 82
printf '[công văn]\nđộ khẩn = KHẨN\n' >nhieu/chung.ini
check "all that depend on one" wait_for pdf_has nhieu-ra/n40.pdf "KHẨN"
check "each once" wait_for told 162
check "in their order" [ "$(tail -80 watch.out | sort)" = "$(head -80 watch.out | sort)" -a "$(tail -80 watch.out)" = "$(head -80 watch.out)" ]
if [ -w /proc/sys/fs/inotify/max_queued_events ]; then
    kill -TERM $pid; wait $pid; wait_for settled
    queue=$(cat /proc/sys/fs/inotify/max_queued_events)
    echo 4 >/proc/sys/fs/inotify/max_queued_events
    "$congvan" render nhieu -o nhieu-ra --watch -j 2 >watch.out 2>watch.err & pid=$!
    wait_for told 80; wait_for settled
    echo "$queue" >/proc/sys/fs/inotify/max_queued_events
    kill -STOP $pid
    for i in $(seq 1 40); do echo 'Tràn hàng đợi.' >>nhieu/n$i.md; done
    kill -CONT $pid
    check "more than the system can tell" wait_for pdf_has nhieu-ra/n40.pdf "Tràn hàng đợi"
else
    echo "# no right to shorten the queue of events here: overflow not tested"
fi
kill -TERM $pid; wait $pid

check "no watches to be had" status_is 3 sh -c "exec 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-; ulimit -n 4; '$congvan' render d1.ini --watch"
check "are asked for in words" says watch-none
check "--watch and --report" status_is 2 "$congvan" render nhieu --watch --report r.csv
