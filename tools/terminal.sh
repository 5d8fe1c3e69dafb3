#!/usr/bin/env bash
# Starts an installed qbank in a terminal of 80x24, answers a question, leaves, and finds the
# block again:
# tools/terminal.sh PATH_OF_QBANK SOCKET_FOR_TMUX EMPTY_FOLDER
set -euo pipefail
program=$1 socket=$2 home=$3
mkdir -p "$home"

press() { tmux -S "$socket" send-keys "$@"; }
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
    "HOME='$home' '$program' --data-dir '$home/data'; echo \"left with \$?\"; exec sh"
await 'first block'
screen
press Enter
await 'begin'
press Enter
await 'question 1 of 20'
press c
await 'saved'
screen
press C-q
await 'leave qbank'
press Down Down Enter
await 'left with 0'
press "HOME='$home' '$program' --data-dir '$home/data'" Enter
await 'resume'
screen
tmux -S "$socket" kill-server
