# The register: each number once, whatever happens between.
. tests/cli/lib
kho=$work/kho
export CONGVAN_ARCHIVE="$kho"
next() { "$congvan" archive register next "$@"; }
numbered() { # INI, number, day as written there
    grep -qx "số = $2" "$work/$1.ini" && grep -qx "ngày = $3" "$work/$1.ini" && return 0
    echo "# $1.ini:"; sed 's/^/# /' "$work/$1.ini"
    return 1
}
printed() { [ "$(cat "$work/stdout")" = "$1" ] || { echo "# printed: $(cat "$work/stdout")"; return 1; }; }
draft() { # NAME, symbol, more lines
    dispatch "$1" "số =
ký hiệu = $2
địa danh = Sông Lam
ngày = ${3:-2/2026}
trích yếu = kiểm tra $1"
}
states() { "$congvan" archive register list --year "${1:-2026}" | cut -f1,3; }

# ---- next ----
draft a SXD-VP; draft b SXD-QLN; draft c QĐ-SXD
sed -i 's/^\[công văn\]$/&\nloại = quyết định/' "$work/c.ini"
cp "$work/a.ini" "$work/a.before"
check "the first number of a year" status_is 0 next "$work/a.ini" --date 3/2/2026
check "is printed with its symbol and day" printed "$work/a.ini	01/SXD-VP	2026-02-03"
check "it and the day go into the INI" numbered a 1 3/2/2026
check "nothing else in it changes" [ "$(diff "$work/a.before" "$work/a.ini" | grep -c '^[<>]')" -eq 4 ]
check "another unit of the office counts on" status_is 0 next "$work/b.ini" --date 3/2/2026
check "with the next number" numbered b 2 3/2/2026
check "another type counts by itself" status_is 0 next "$work/c.ini" --date 2026-02-04
check "from one" numbered c 1 4/2/2026
check "asked again" status_is 0 next "$work/a.ini"
check "the same number is answered" printed "$work/a.ini	01/SXD-VP	2026-02-03"
cp "$work/a.ini" "$work/copy.ini"
check "a copy of a numbered INI" status_is 1 next "$work/copy.ini"
check "is told whose number it has" says register-number-taken
sed 's/^số = 1/số = 44/' "$work/a.ini" >"$work/hand.ini"
check "a number written by hand" status_is 1 next "$work/hand.ini"
check "is not known" says register-number-unknown
draft d SXD-VP 12/2/2026
check "a whole day in the INI stands" status_is 0 next "$work/d.ini"
check "as it was" numbered d 3 12/2/2026
draft e SXD-VP
check "a day before the last number's" status_is 0 next "$work/e.ini" --date 11/2/2026
check "is remarked upon" says register-day-back
draft f SXD-VP
check "a day still to come" status_is 0 next "$work/f.ini" --date 31/12/2099
check "is remarked upon too" says register-day-ahead
check "and starts another year's register" numbered f 1 31/12/2099
draft g ""
check "without a symbol" status_is 1 next "$work/g.ini"
check "there is no number" says register-no-symbol
check "a day that is none" status_is 2 next "$work/g.ini" --date 30/2/2026
check "is named" says register-bad-date
draft ro SXD-VP
chmod a-w "$work/ro.ini"
[ "$(id -u)" -eq 0 ] || check "an INI that cannot be written takes no number" status_is 3 next "$work/ro.ini" --date 12/2/2026
check "so that none is lost" [ "$(states | grep -c 'not in its file')" -eq 0 ]
check "the name of a register" status_is 1 next "$work/g.ini" --book "../x"
check "is plain" says register-bad-book

# ---- reserve and void ----
res() { "$congvan" archive register reserve --why "họp" --year 2026 "$@"; }
check "two numbers are kept" status_is 0 res --symbol SXD-VP --count 2
check "the next ones" printed "05/SXD-VP
06/SXD-VP"
check "one out of turn" status_is 0 res --symbol SXD-VP --number 40
draft h SXD-VP 1/3/2026; draft i SXD-VP 1/3/2026
check "who comes next" status_is 0 next "$work/h.ini"
check "gets none of them" numbered h 7 1/3/2026
check "who asks for one past all counting" status_is 1 next "$work/i.ini" --number 4294967302
check "does not get what is left of it" says register-not-reserved
check "who asks for a kept one" status_is 0 next "$work/i.ini" --number 6
check "gets it" numbered i 6 1/3/2026
check "a number that is not kept" status_is 1 next "$work/i.before" --number 7
draft j SXD-VP 1/3/2026
check "cannot be asked for" status_is 1 next "$work/j.ini" --number 7
check "says so" says register-not-reserved
void() { "$congvan" archive register void --year 2026 "$@"; }
check "a number is made void" status_is 0 void 05/SXD-VP --why "không họp"
check "once" status_is 1 void 05/SXD-VP --why "không họp"
check "and that is said" says register-number-void
check "one that was never given" status_is 1 void 99/SXD-VP --why x
check "is not void" says register-number-free
check "a void number needs a reason" status_is 2 void 06/SXD-VP
check "named" says register-option-missing
check "what is no number" status_is 1 void SXD-VP --why x
check "is named too" says register-bad-number
check "a void number stays in its INI" status_is 0 void 07/SXD-VP --why "soạn nhầm"
check "and is not given to it again" status_is 1 next "$work/h.ini"
check "with the reason" says "soạn nhầm"
check "the list says what each number is" [ "$(states | sed -n '5,8p')" = "05/SXD-VP	void
06/SXD-VP	issued
07/SXD-VP	void
40/SXD-VP	reserved" ]
check "and as JSON" status_is 0 "$congvan" archive register list --year 2026 --json
check "with states" grep -q '"number":40,"state":"reserved"' "$work/stdout"

# ---- print, import ----
check "the register on paper" status_is 0 "$congvan" archive register print --year 2026 -o "$work/so"
book=$work/so/so-dang-ky-di-2026
check "its PDF has the ten columns" [ "$(pdftotext -layout "$book.pdf" - | grep -c '(1) .*(10)')" -ge 1 ]
check "and the void number with its reason" sh -c "pdftotext '$book.pdf' - | tr '\n' ' ' | grep -q 'Huỷ: soạn nhầm'"
check "is well formed" qpdf --check "$book.pdf" >/dev/null
check "and archival" tests/tools/pdfa-check "$book.pdf"
unzip -p "$book.docx" word/document.xml >"$work/book.xml"
check "its DOCX repeats the head of the table" grep -q tblHeader "$work/book.xml"
check "no tag is left in it" sh -c "! grep -q '{{' '$work/book.xml'"
check "the CSV is read by another register" status_is 0 "$congvan" archive register import "$book.csv" --dir "$work/other"
check "all rows" printed "2026: 9"
check "printed from there" status_is 0 "$congvan" archive register print --year 2026 -o "$work/again" --dir "$work/other"
check "it is the same" cmp "$book.csv" "$work/again/so-dang-ky-di-2026.csv"
check "imported once more" status_is 0 "$congvan" archive register import "$book.csv" --dir "$work/other"
check "nothing is entered twice" says register-rows-known
draft k SXD-VP 2/3/2026
check "numbers go on after the imported ones" status_is 0 next "$work/k.ini" --dir "$work/other"
check "where they stopped" numbered k 8 2/3/2026
# As Excel writes them: with its sep= line, semicolons, line breaks in cells, days as it counts them.
printf '\357\273\277sep=;\r\nSố, ký hiệu văn bản;Ngày tháng văn bản;Tên loại và trích yếu nội dung văn bản;Người ký;Nơi nhận văn bản\r
31/SXD-VP;03/02/2025;Công văn về việc họp;Lê Thử;"Sở A;\nSở B"\r\n32/SXD-VP;45692;Công văn về việc đi;;\r
33/SXD-VP;2025-02-05 00:00:00;Công văn về việc về;;\r\n;;;;\r\n' >"$work/excel.csv"
check "a table of Excel's" status_is 0 "$congvan" archive register import "$work/excel.csv" --dir "$work/excel"
check "all its rows" printed "2025: 3"
printf 'Số, ký hiệu\tNgày tháng\tTrích yếu\r\n41/SXD-VP\t5/2/2025\tbáo cáo quý\r\n' | iconv -t UTF-16 >"$work/excel.txt"
check "its Unicode text" status_is 0 "$congvan" archive register import "$work/excel.txt" --dir "$work/excel"
"$congvan" archive register print --year 2025 -o "$work/excel-so" --dir "$work/excel" >/dev/null
check "the days are right" [ "$(tail -n +2 "$work/excel-so/so-dang-ky-di-2025.csv" | cut -d, -f2 | tr '\n' ' ')" = "03/02/2025 04/02/2025 05/02/2025 05/02/2025 " ]
printf 'Số, ký hiệu;Ngày\n51/SXD-VP;2/4/25\n' >"$work/excel.csv"
check "a year of two digits" status_is 1 "$congvan" archive register import "$work/excel.csv" --dir "$work/excel"
check "may be another country's order, and is named" says register-row-day
cat >"$work/bad.csv" <<EOF
Số;Ký hiệu;Ngày;Loại;Trích yếu;Màu
12;SXD-VP;1/2/2026;công văn;một;x
12;SXD-VP;1/2/2026;công văn;hai;x
13;;1/2/2026;công văn;ba;x
14;SXD-VP;30/2/2026;công văn;bốn;x
15;SXD-VP;1/2/2026;thư tình;năm;x
EOF
check "a table with mistakes" status_is 1 "$congvan" archive register import "$work/bad.csv" --dir "$work/third"
check "a column nobody knows" says register-column-unknown
check "a row without a symbol, by its line" says "bad.csv:4: error:"
check "is named" says register-row-number
check "a day that is none" says register-row-day
check "enters nothing" [ -z "$("$congvan" archive register list --year 2026 --dir "$work/third")" ]
sed -i '4,5d' "$work/bad.csv"
check "with fewer mistakes" status_is 1 "$congvan" archive register import "$work/bad.csv" --dir "$work/third"
check "a number twice" says register-row-twice
check "a type that is none" says type-unknown
check "still enters nothing" [ -z "$("$congvan" archive register list --year 2026 --dir "$work/third")" ]

# ---- the office's own rules ----
mkdir -p "$work/rules"
cat >"$work/rules/so-dang-ky.ini" <<EOF
[dãy số]
văn bản thường = công văn, quyết định
[bắt đầu 2026]
văn bản thường = 457
[cơ quan]
tên = SỞ NỘI VỤ
EOF
draft l SNV-VP 5/3/2026; draft m QĐ-SNV 5/3/2026
sed -i 's/^\[công văn\]$/&\nloại = quyết định/' "$work/m.ini"
check "types that count together" status_is 0 next "$work/l.ini" "$work/m.ini" --dir "$work/rules"
check "from the number told" numbered l 457 5/3/2026
check "one after the other" numbered m 458 5/3/2026
echo "theo = màu" >>"$work/rules/so-dang-ky.ini"
sed -i 's/^\[cơ quan\]/[dãy số]/' "$work/rules/so-dang-ky.ini"
check "a rule that is none" status_is 1 next "$work/l.ini" --dir "$work/rules"
check "is named with its line" says series-bad-rule
sed -i 's/^theo = màu//; s/^\[bắt đầu 2026\]/[bắt đầu 2026-2027]/' "$work/rules/so-dang-ky.ini"
check "years are told one by one" status_is 1 next "$work/l.ini" --dir "$work/rules"
check "a span of them is no year" says series-bad-rule

# ---- clerks at once, and crashes ----
for n in 1 2 3 4 5 6 7 8; do draft "p$n" SXD-TT 1/4/2026; done
for n in 1 2 3 4 5 6 7 8; do next "$work/p$n.ini" --dir "$work/many" >/dev/null & done
wait
check "eight clerks at once get eight numbers" [ "$(cat "$work"/p?.ini | grep '^số = ' | sort -u | wc -l)" -eq 8 ]
check "without a gap" [ "$(states 2026 | wc -l; CONGVAN_ARCHIVE="$work/many" "$congvan" archive register list --year 2026 | tail -1 | cut -f1)" = "$(states 2026 | wc -l; echo 08/SXD-TT)" ]
tests/tools/torture-register "$build" 20 >"$work/torture" 2>&1
check "killed at any moment, no number is lost or doubled" grep -q '^ok' "$work/torture"
check "a broken log" sh -c "sed -i '1s/give/gave/' '$work/many/log/register-2026.jsonl'"
draft q SXD-TT 1/4/2026
check "gives no numbers" status_is 1 next "$work/q.ini" --dir "$work/many"
check "and is named" says archive-log-broken
