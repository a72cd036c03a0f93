# archive add, killed at random moments: the archive is whole after each. The long one is
# tests/tools/torture-archive.
. tests/cli/lib
[ -w /dev/shm ] && export TORTURE_DIR=/dev/shm
check "20 kills leave a whole archive" sh -c "tests/tools/torture-archive '$build' 20 3 >'$work/out' 2>&1 || { sed 's/^/# /' '$work/out'; exit 1; }"
