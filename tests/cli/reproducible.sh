# Same input, same bytes: whatever the folder, the time zone, the locale, the day.
. tests/cli/lib
mkdir "$work/a" "$work/b"
cp -r samples "$work/a/in"; cp -r samples "$work/b/in"
(cd "$work/a" && TZ=UTC LC_ALL=C "$congvan" render in -o out >/dev/null 2>&1)
sleep 1
(cd "$work/b/in" && TZ=Asia/Ho_Chi_Minh LC_ALL=C.UTF-8 "$congvan" render . -o ../out >/dev/null 2>&1)
for file in "$work"/a/out/*; do
    check "same bytes $(basename "$file")" cmp -s "$file" "$work/b/out/$(basename "$file")"
done
