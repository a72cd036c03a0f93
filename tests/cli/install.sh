# What `make install` puts down runs without the checkout.
. tests/cli/lib
case $build in
*asan*) exit 0 ;; # the same files, built once more
esac
# As make itself names the folder: objects made under another name would not know their headers again.
make -s install BUILD="${build#"$PWD/"}" DESTDIR="$work/root" PREFIX=/usr >"$work/make.log" 2>&1
check "make install succeeds" [ $? -eq 0 ]
dispatch a
check "the installed program finds its templates" \
    status_is 0 "$work/root/usr/bin/congvan" render "$work/a.ini" -o "$work/o"
check "and renders" [ -s "$work/o/a.pdf" ]
