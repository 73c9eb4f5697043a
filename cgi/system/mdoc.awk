# mdoc.awk: writes a manual page in which @COMMANDS@ and @OPTIONS@ stand on lines of their own.  What
# takes their place is read from the program's --help, so that no page says anything else.
#
#   awk -v page=PAGE -f mdoc.awk HELP...
#
# HELP is what `PROGRAM --help` prints, and `PROGRAM COMMAND --help` of each command.

# Text for mdoc: sentences and lines of up to 72 characters on lines of their own.
function print_text(text,    words, count, i, line) {
    gsub(/\\/, "\\e", text)
    gsub(/--/, "\\-\\-", text)
    while (text ~ /`[^`]*`/) {
        sub(/`/, "\\(lq", text)
        sub(/`/, "\\(rq", text)
    }
    count = split(text, words, " ")
    for (i = 1; i <= count; i++) {
        line = line == "" ? words[i] : line " " words[i]
        if (i < count && length(line) + length(words[i + 1]) < 72 && words[i] !~ /[.?!]$/)
            continue
        if (line ~ /^[.']/)
            line = "\\&" line
        print line
        line = ""
    }
}

# "--to DIR" as mdoc's macros.
function macros(usage,    words, count, i, word, out) {
    count = split(usage, words, " ")
    for (i = 1; i <= count; i++) {
        word = words[i]
        if (word == "[options]")
            continue
        if (word ~ /^--/)
            out = out " Fl " substr(word, 2)
        else if (word ~ /^\[/)
            out = out " Oo Ar " substr(word, 2, length(word) - 2) " Oc"
        else
            out = out " Ar " word
    }
    return substr(out, 2)
}

function flush_option(    row) {
    if (option == "")
        return
    name = option
    sub(/ .*/, "", name)
    row = option SUBSEP help
    if (!(row in known)) {
        known[row] = 1
        rows[++row_count] = row
        variants[name]++
    }
    takers[row] = takers[row] (takers[row] == "" ? "" : ", ") command
    taken[command] = taken[command] " " name
    option = ""
}

FNR == 1 {
    flush_option()
    part = "purpose"
    program = $2
    command = NF > 2 && $3 ~ /^[a-z]/ ? $3 : ""
    usage = $0
    sub(/^Usage: [^ ]* ?/, "", usage)
    if (command != "") {
        sub(/^[^ ]* ?/, "", usage)
        commands[++command_count] = command
    }
    usages[command] = usage
    next
}
/^Options:$/ { part = "options"; next }
/^Commands:$/ { part = "commands"; next }
/^$/ { if (part == "options") { flush_option(); part = "note" } next }
part == "purpose" { purpose[command] = purpose[command] " " $0 }
part == "note" { note[command] = note[command] " " $0 }
part == "options" && /^  --/ {
    flush_option()
    option = $1
    at = length($1) + 3
    if (match(substr($0, at), /^ [A-Z][^ ]*/)) {
        option = option " " substr($0, at + 1, RLENGTH - 1)
        at += RLENGTH
    }
    help = substr($0, at)
    sub(/^ */, "", help)
    next
}
part == "options" { sub(/^ */, ""); help = help (help == "" ? "" : " ") $0 }

function print_commands(    i, j, names, count) {
    print ".Bl -tag -width Ds"
    for (i = 1; i <= command_count; i++) {
        command = commands[i]
        usage = macros(usages[command])
        print ".It Cm " command (usage == "" ? "" : " " usage)
        print_text(substr(purpose[command], 2))
        count = split(taken[command], names, " ")
        if (count) {
            print ".Pp"
            print count == 1 ? "Option:" : "Options:"
        }
        for (j = 1; j <= count; j++)
            print ".Fl " substr(names[j], 2) " " (j < count ? "," : ".")
        if (note[command] != "") {
            print ".Pp"
            print_text(substr(note[command], 2))
        }
    }
    print ".El"
}

function print_options(    i, parts, name) {
    print ".Bl -tag -width Ds"
    for (i = 1; i <= row_count; i++) {
        split(rows[i], parts, SUBSEP)
        print ".It " macros(parts[1])
        name = parts[1]
        sub(/ .*/, "", name)
        print_text((variants[name] > 1 ? "With " takers[rows[i]] ": " : "") parts[2] ".")
    }
    print ".El"
    if (note[""] != "") {
        print ".Pp"
        print_text(substr(note[""], 2))
    }
}

END {
    flush_option()
    while ((getline line < page) > 0) {
        if (line == "@COMMANDS@")
            print_commands()
        else if (line == "@OPTIONS@")
            print_options()
        else
            print line
    }
}
