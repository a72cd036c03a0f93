# archive export: bags that prove themselves, and the package form of Circular 05/2025.
. tests/cli/lib
kho=$work/kho
for i in 1 2 3; do
    dispatch "v$i" "số = 4$i
ký hiệu = SXD-VP
địa danh = Sông Lam
ngày = 3/$i/2026
trích yếu = kiểm tra <công trình> & cầu $i"
done
"$congvan" render "$work"/v?.ini --attach-source --only pdf -o "$work/pdf" >/dev/null
"$congvan" archive add --dir "$kho" --as-is thử "$work/pdf" >/dev/null
export_to() { out=$1; shift; "$congvan" archive export --dir "$kho" -o "$work/$out" "$@"; }
complete() { # bag: every file is in a manifest and as it says
    (cd "$1" && sha512sum --quiet -c manifest-sha512.txt && sha512sum --quiet -c tagmanifest-sha512.txt &&
        [ "$(find data -type f | wc -l)" -eq "$(wc -l <manifest-sha512.txt)" ] &&
        [ "$(sed -n 's/^Payload-Oxum: //p' bag-info.txt)" = "$(find data -type f -printf '%s\n' | awk '{s += $1} END {print s "." NR}')" ] &&
        printf 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n' | cmp - bagit.txt)
}
check "a document by its number" status_is 0 export_to mot 41/SXD-VP
check "is named" [ "$(cat "$work/stdout")" = "$work/mot" ]
check "a bag that proves itself" complete "$work/mot"
check "holds the document" cmp "$work/pdf/v1.pdf" "$work/mot/data/urn_congvan_so-xay-dung_2026_41-sxd-vp/signed.pdf"
check "its source" [ -s "$work/mot/data/urn_congvan_so-xay-dung_2026_41-sxd-vp/source/v1.docx" ]
check "its id is in the bag's description" grep -qx 'External-Identifier: urn:congvan:so-xay-dung:2026:41-sxd-vp' "$work/mot/bag-info.txt"
check "a selection by words and days" status_is 0 export_to hai --words 'công trình' --from 1/2/2026
check "has two" [ "$(ls "$work/hai/data" | wc -l)" -eq 2 ]
check "and proves itself" complete "$work/hai"
check "nothing is written over" status_is 1 export_to mot 42/SXD-VP
check "it is said" says archive-export-exists
check "an unknown number" status_is 1 export_to ba 99/SXD-VP
check "leaves nothing" [ ! -e "$work/ba" ]
check "where to, please" status_is 2 "$congvan" archive export --dir "$kho" 41/SXD-VP
check "is asked" says archive-export-what
check "a form there is not" status_is 2 export_to ba 41/SXD-VP --form zip

{ cat "$work/pdf/v3.pdf"; printf '%% sau\n'; tail -n 3 "$work/pdf/v3.pdf"; } >"$work/v3-sau.pdf"
"$congvan" archive add --dir "$kho" --as-is thử "$work/v3-sau.pdf" >/dev/null
check "the last version is handed out" status_is 0 export_to cuoi 43/SXD-VP
folder=urn_congvan_so-xay-dung_2026_43-sxd-vp
check "and nothing else" cmp "$work/v3-sau.pdf" "$work/cuoi/data/$folder/signed.pdf"
check "all versions" status_is 0 export_to moi 43/SXD-VP --all-versions
check "in a bag that proves itself" complete "$work/moi"
check "the first as it was" cmp "$work/pdf/v3.pdf" "$work/moi/data/$folder/v1/signed.pdf"
check "the later one" cmp "$work/v3-sau.pdf" "$work/moi/data/$folder/v2/signed.pdf"
check "what was the same in both is in both" cmp "$work/moi/data/$folder/v1/source/v3.ini" "$work/moi/data/$folder/v2/source/v3.ini"
check "and when and why" grep -q 'Phiên bản sau' "$work/moi/data/$folder/inventory.json"
check "not in the circular's form" status_is 2 export_to ba 43/SXD-VP --all-versions --form tt05
check "which is said" says archive-export-versions

check "packages of the circular's form" status_is 0 export_to goi 41/SXD-VP 42/SXD-VP --form tt05
check "in a bag that proves itself" complete "$work/goi"
package=$work/goi/data/urn_congvan_so-xay-dung_2026_41-sxd-vp
for part in METS.xml metadata/descriptive/EAD.xml metadata/preservation/PREMIS.xml representations/rep1/METS.xml; do
    check "$part is XML" xmllint --noout "$package/$part"
done
check "the document is in it" cmp "$work/pdf/v1.pdf" "$package/representations/rep1/data/signed.pdf"
check "its fields" grep -q '<codeNumber>41</codeNumber>' "$package/metadata/descriptive/EAD.xml"
check "how many pages" grep -q '<numberOfPage>1</numberOfPage>' "$package/metadata/descriptive/EAD.xml"
check "its language" grep -q '<language>Tiếng Việt</language>' "$package/metadata/descriptive/EAD.xml"
check "who signed it" grep -q '<description>.*Người ký: Lê Văn Thử' "$package/metadata/descriptive/EAD.xml"
check "nothing that nobody knows" sh -c "! grep -qE '<(autograph|mode|keyword|maintenance)>' '$package/metadata/descriptive/EAD.xml'"
check "signs of XML are text" grep -q 'kiểm tra &lt;công trình&gt; &amp; cầu 1' "$package/metadata/descriptive/EAD.xml"
check "SHA-256 as the form wants" grep -q "<messageDigest>$(sha256sum <"$work/pdf/v1.pdf" | cut -d' ' -f1)</messageDigest>" "$package/metadata/preservation/PREMIS.xml"
check "METS refers to what is there" sh -c "cd '$package' && grep -o 'xlink:href=\"[^\"]*\"' METS.xml | cut -d'\"' -f2 | while read -r f; do [ -e \"\$f\" ] || exit 1; done"
check "with its digest" grep -q "CHECKSUM=\"$(sha256sum <"$package/metadata/descriptive/EAD.xml" | cut -d' ' -f1)\"" "$package/METS.xml"
check "what is not confirmed is marked so" grep -q 'chưa đối chiếu được' "$package/METS.xml"

object=$(dirname "$(grep -l ':41-sxd-vp' "$kho"/store/*/*/*/inventory.json)")/v1/content/signed.pdf
chmod u+w "$object" && printf x >>"$object"
check "a damaged document is not handed out" status_is 1 export_to hong --words 'công trình'
check "it is named" says archive-file-altered
check "and nothing is left" sh -c "! ls -d '$work'/hong* 2>/dev/null | grep ."
