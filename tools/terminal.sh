#!/usr/bin/env bash
# Starts an installed qbank in a terminal of 80x24, takes a first look and leaves it again:
# tools/terminal.sh PATH_OF_QBANK SOCKET_FOR_TMUX EMPTY_FOLDER
set -euo pipefail
program=$1 socket=$2 home=$3
mkdir -p "$home"

screen() { tmux -S "$socket" capture-pane -p; }

# Waits for a text on the screen, 30 s at most.
await() {
    for _ in $(seq 150); do
        if screen 2>/dev/null | grep -qiE -- "$1"; then return; fi
        sleep 0.2
    done
    echo "no '$1' on the screen:" >&2
    screen >&2
    return 1
}

tmux -S "$socket" -f /dev/null new-session -d -x 80 -y 24 \
    "HOME='$home' '$program' --data-dir '$home/data'; echo \"left with \$?\"; sleep 60"
await 'first block'
screen
tmux -S "$socket" send-keys Enter
await 'begin'
tmux -S "$socket" send-keys Enter
await 'question 1 of 20'
tmux -S "$socket" send-keys c
screen
tmux -S "$socket" send-keys C-q
await 'left with 0|leave|resume'
screen
tmux -S "$socket" kill-server
