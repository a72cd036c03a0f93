# Several machines: the parts of --shard under other people's engines - GNU parallel, and Slurm on a
# node of its own, made here from Debian's packages (slurmctld slurmd munge). Skipped, by name, where
# they are not installed.
. tests/cli/lib
mkdir "$work/in"
for i in $(seq 24); do
    dispatch d$i "số = $i
ký hiệu = SXD-VP
địa danh = Sông Lam
ngày = 3/2/2026
trích yếu = kiểm tra"
    mv "$work/d$i.ini" "$work/d$i.md" "$work/in"
done
cd "$work" || exit 1
"$congvan" render in -o whole --report whole.csv >/dev/null
same() { diff -r -x .congvan "$1" whole && [ "$(cat "$1"-*.csv | sort)" = "$(sort whole.csv)" ]; }

if parallel --version 2>/dev/null | grep -q GNU; then
    parallel -j 2 "$congvan" render in -o parallel --shard {}/4 --report parallel-{}.csv ::: 1 2 3 4 >/dev/null 2>&1
    check "GNU parallel over --shard" same parallel
else
    echo "# GNU parallel is not installed: skipped"
fi

slurm_stop() {
    for daemon in slurmd slurmctld munged; do
        [ ! -s "$work/$daemon.pid" ] || kill "$(cat "$work/$daemon.pid")" 2>/dev/null
    done
}
if [ "$(id -u)" != 0 ] || ! command -v slurmctld slurmd munged sbatch >/dev/null; then
    echo "# Slurm (slurmctld slurmd munge) is not installed, or not as root: skipped"
    exit 0
fi
trap 'slurm_stop; sleep 1; rm -rf "$work"' EXIT
chmod 755 "$work"
mkdir spool state; host=$(hostname -s)
dd if=/dev/urandom of=munge.key bs=1 count=128 status=none; chmod 400 munge.key
munged --force --key-file="$work/munge.key" --socket="$work/munge.socket" --pid-file="$work/munged.pid" \
    --log-file="$work/munged.log" --seed-file="$work/munge.seed" >/dev/null 2>&1
cat >slurm.conf <<END
ClusterName=congvan
SlurmctldHost=$host(127.0.0.1)
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=$work/munge.socket
CredType=cred/munge
SlurmctldPort=$((20000 + $$ % 20000))
SlurmdPort=$((20001 + $$ % 20000))
SlurmctldPidFile=$work/slurmctld.pid
SlurmdPidFile=$work/slurmd.pid
SlurmctldLogFile=$work/slurmctld.log
SlurmdLogFile=$work/slurmd.log
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/spool
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
SchedulerType=sched/builtin
SchedulerParameters=batch_sched_delay=0,sched_interval=1,sched_min_interval=1000
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
ReturnToService=2
MailProg=/bin/true
NodeName=$host NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN
PartitionName=all Nodes=$host Default=YES MaxTime=5 State=UP
END
export SLURM_CONF=$work/slurm.conf
slurmctld >/dev/null 2>&1
slurmd >/dev/null 2>&1
for turn in $(seq 40); do sinfo -h -o %t 2>/dev/null | grep -qE '^(idle|mix)' && break; sleep 0.25; done
if ! sinfo -h -o %t 2>/dev/null | grep -qE '^(idle|mix)'; then
    echo "# Slurm does not start here: skipped"; sed 's/^/# /' slurmctld.log slurmd.log 2>/dev/null | tail -5
    exit 0
fi
cat >job.sh <<END
#!/bin/sh
cd '$work' && '$congvan' render in -o slurm --shard \$SLURM_ARRAY_TASK_ID/4 --report slurm-\$SLURM_ARRAY_TASK_ID.csv
END
array() { # (sbatch --wait looks only every ten seconds)
    sbatch --array=1-4 --output="$work/slurm-%a.out" job.sh >/dev/null || return 1
    for turn in $(seq 300); do
        [ -z "$(squeue -h 2>/dev/null)" ] && [ "$(ls slurm-*.csv 2>/dev/null | wc -l)" = 4 ] && return 0
        sleep 0.1
    done
    return 1
}
check "a Slurm array job" array
check "makes what one run makes" same slurm
