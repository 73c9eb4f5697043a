# Completion for bash: commands and options as --help of each program lists them.
# shellcheck shell=bash

_teade_words() { # PROGRAM [COMMAND]: what can follow
    "$@" --help 2>/dev/null </dev/null |
        sed -n 's/^  \(--[a-z-]*\).*/\1/p; /^Commands:/,/^$/s/^  \([a-z][a-z-]*\) .*/\1/p'
}

_teade() {
    local program=$1 word=$2 before=$3 command=
    [[ ${COMP_WORDS[1]} == [a-z]* && $COMP_CWORD -gt 1 ]] && command=${COMP_WORDS[1]}
    if [[ $before == --* && $word != -* ]] &&
        "$program" ${command:+"$command"} --help 2>/dev/null </dev/null | grep -q "^  $before [A-Z]"; then
        mapfile -t COMPREPLY < <(compgen -f -- "$word")
    else
        mapfile -t COMPREPLY < <(compgen -W "$(_teade_words "$program" ${command:+"$command"})" -- "$word")
        [[ $command && $word != -* ]] && mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen -f -- "$word")
    fi
}

complete -o filenames -F _teade teade teade-consent teade-records
