#!/bin/sh
# install.sh: what `make install` installs works from anywhere, its manual pages and completion say
# what --help says, and `make uninstall` leaves the settings alone.

. "$(dirname "$0")/../helpers/tap.sh"
build=$(dirname "$teade")
dest=$tmp/root
bin=$dest/usr/local/bin
share=$dest/usr/local/share

make_in_tree() { # TARGET
    make -s -C "$root" "$1" BUILD="$build" DESTDIR="$dest" >"$tmp/make" 2>&1 || { cat "$tmp/make" && false; }
}

# The real site as somebody has it who has no clone: no templates, and none of the interface's words.
elsewhere() { # FOLDER
    mkdir -p "$1" && cp -R "$root/content" "$root/locale" "$1/" &&
        rm -f "$1"/locale/*.pot "$1"/locale/*/LC_MESSAGES/site.po
}

installs() {
    make_in_tree install || return 1
    for file in bin/teade bin/teade-records sbin/teade-consent share/man/man1/teade.1 \
        share/man/man8/teade-consent.8 share/man/man8/teade-records.8 share/teade/templates/text.md \
        share/teade/locale/et/LC_MESSAGES/site.po share/bash-completion/completions/teade; do
        [ -f "$dest/usr/local/$file" ] || { echo "no $file" && return 1; }
    done
}

# The same bytes as the clone's.
builds_elsewhere() {
    elsewhere "$tmp/site" && (cd "$tmp/site" && "$bin/teade" build --date 2026-12-01) 2>"$tmp/err" ||
        { cat "$tmp/err" && return 1; }
    (cd "$root" && "$teade" build --date 2026-12-01 --output "$tmp/clone") 2>"$tmp/err" || { cat "$tmp/err" && return 1; }
    diff -r "$tmp/site/build/site" "$tmp/clone"
}

# Templates that are named, and those of the site's own, take the place of the installed ones.
own_templates() {
    elsewhere "$tmp/own" && cd "$tmp/own" && cp -R "$share/teade/templates" other &&
        echo '<p>other</p>' >>other/start.html && mkdir locale/et/LC_MESSAGES -p &&
        "$bin/teade" build --templates other --output named 2>"$tmp/err"
    is 'words of named templates' "$(grep -c 'error: the catalogue is missing' "$tmp/err")" 2 || return 1
    cp "$root"/locale/et/LC_MESSAGES/site.po locale/et/LC_MESSAGES/ &&
        cp "$root"/locale/ja/LC_MESSAGES/site.po locale/ja/LC_MESSAGES/ &&
        "$bin/teade" build --templates other --output named 2>"$tmp/err" &&
        grep -q '<p>other</p>' named/public/en/index.html && mv other templates &&
        "$bin/teade" build --output own 2>"$tmp/err" && grep -q '<p>other</p>' own/public/en/index.html
}

# The interface is translated where its templates are, unless a language is not.
interface_stays() {
    elsewhere "$tmp/po" && cd "$tmp/po" && "$bin/teade" extract || return 1
    is catalogues "$(ls locale/*.pot)" 'locale/privacy-policy.pot
locale/record-of-choices.pot' || return 1
    "$bin/teade" new fr >/dev/null && [ -f locale/site.pot ] && [ -f locale/fr/LC_MESSAGES/site.po ] &&
        "$bin/teade" status >"$tmp/out" && grep -q '^site.* fr  *0 of ' "$tmp/out"
}

# Options as the manual page lists them for a command, or for a program that has none.
in_manual() { # PAGE [COMMAND]
    mandoc -T ascii -O width=200 "$1" | col -b | expand >"$tmp/page"
    if [ -n "${2:-}" ]; then
        sed -n "/^COMMANDS/,/^OPTIONS/s/^     \([a-z]\)/@\1/p; /^COMMANDS/,/^OPTIONS/s/^  *Options*: /@@/p" "$tmp/page" |
            sed -n "/^@$2\( \|\$\)/,/^@@/s/^@@//p" | head -n 1 | grep -o -e '--[a-z-]*[a-z]'
    else
        sed -n '/^OPTIONS/,/^[E-Z]/s/^     \(--[a-z-]*\).*/\1/p' "$tmp/page" | grep -v -e --help
    fi | sort -u
}

in_help() { # PROGRAM [COMMAND]
    "$build/$1" ${2:+"$2"} --help | sed -n 's/^  \(--[a-z-]*\).*/\1/p' | sort -u
}

manual_agrees() { # PROGRAM PAGE
    commands=$("$build/$1" --help | sed -n '/^Commands:/,/^$/s/^  \([a-z][a-z-]*\) .*/\1/p')
    is commands "$(sed -n 's/^\.It Cm \([a-z-]*\).*/\1/p' "$2")" "$commands" || return 1
    for command in ${commands:-''}; do
        is "options of $command" "$(in_manual "$2" "$command")" "$(in_help "$1" "$command")" || return 1
    done
    all=$(for command in ${commands:-''}; do in_help "$1" "$command"; done | sort -u)
    is 'all options' "$(sed -n 's/^\.It Fl \([a-z-]*\).*/-\1/p' "$2" | sort -u)" "$all"
}

# Pages that refer to each other are installed together; what mandoc knows of this machine is not ours.
is_sound() { # PAGE
    is lint "$(mandoc -T lint "$1" 2>&1 | grep -v 'referenced manual not found\|outdated mandoc.db')" ''
}

completes() { # WORDS-BEFORE WORD WANTED: among what is offered
    # shellcheck disable=SC2016 # the inner shell's variables
    PATH=$bin:$dest/usr/local/sbin:$PATH bash -c '. "$1"; COMP_WORDS=($2 "$3"); COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        _teade "${COMP_WORDS[0]}" "$3" "${COMP_WORDS[COMP_CWORD - 1]}"; printf "%s\n" "${COMPREPLY[@]}"' \
        bash "$share/bash-completion/completions/teade" "$1" "$2" >"$tmp/out"
    grep -qx -e "$3" "$tmp/out" || { cat "$tmp/out" && false; }
}

uninstalls() {
    make_in_tree uninstall && is 'files left' "$(find "$dest" -type f)" "$dest/etc/teade/teade.conf"
}

# The version that the programs print is the newest that cgi/README.md tells of.
version_is_described() {
    is version "$("$teade" --version)" "teade $(sed -n 's/^### \([0-9][0-9.]*\) .*/\1/p' "$root/cgi/README.md" | head -n 1)"
}

check 'make install' installs
check 'a site elsewhere has the same pages' builds_elsewhere
check 'templates of its own' own_templates
check 'the words of the interface need no catalogue elsewhere' interface_stays
for page in "teade $build/src/teade.1" "teade-consent $build/cgi/teade-consent.8" "teade-records $build/cgi/teade-records.8"; do
    program=${page% *} page=${page#* }
    if command -v mandoc >/dev/null; then
        check "$(basename "$page") is sound" is_sound "$page"
        check "$(basename "$page") and --help agree" manual_agrees "$program" "$page"
    else
        skip "$(basename "$page")" 'no mandoc'
    fi
done
while IFS='|' read -r before word wanted; do
    check "completion of $before $word" completes "$before" "$word" "$wanted"
done <<'END'
teade|bu|build
teade build|--con|--content
teade-records|ver|verify-receipt
teade-records backup|--t|--to
teade-consent|--wo|--workers
END
check 'make uninstall leaves the settings alone' uninstalls
check 'the version is described' version_is_described
echo "1..$number"
