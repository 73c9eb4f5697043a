# What report.pl shows: the rows of its tables, and the panels of its chart.
package Rows;
use strict;
use warnings;
use utf8;

# A group is [TITLE, ROWS...].  A row is
#   work, its figure; what is beside it, the figure of that; how; what is required; what is aimed at
# A figure is a name that bench.sh notes, a number, or a number times a name.  How: `more` or
# `faster` by at least the ratio that is required, `less` by at most that; `limit` and `least` are
# about the figure itself.  {NAME} in a text is a figure.
our @groups = (
    ['Records, through nginx, each on disk before it is answered',
        ["a new visitor's record, 64 connections", 'first.rate',
            'the same workers, nothing recorded', 'workers.rate', 'more', 0.6, 0.7],
        ['the same', 'first.rate',
            'PHP-FPM + PDO SQLite', 'php.rate', 'more', 5, 7],
        ["a stranger's act: two posts", 'act.rate',
            "a new visitor's record", 'first.rate', 'more', 0.6],
        ["a new visitor's record, 256 connections", 'first256.rate',
            '64 connections', 'first.rate', 'more', 0.9],
        ['records of the connection with the fewest', 'first256.fewest',
            undef, undef, 'least', 1],
        ["a new visitor's record, {records} there", 'million.rate',
            'none there', 'first.rate', 'more', 0.9],
        ['99 of 100 answers at 64 connections within', 'first.p99',
            'the same workers, nothing recorded', 'workers.p99', 'less'],
        ['memory of all processes of the endpoint', 'pss',
            undef, undef, 'limit', 24],
    ],
    ['A database of {records} records',
        ['disk for a record', 'bytes', 'commit 33f45a9', 1347, 'less', 0.5],
        ['the page of a visitor with 1,000 records', 'page', undef, undef, 'limit', 2],
        ['teade-records verify', 'verify.s', 'commit 33f45a9', '1.69e-5*records', 'less', 0.5],
        ['teade-records backup', 'backup.s', 'commit 33f45a9', '4.65e-5*records', 'less', 0.5],
    ],
    ['Sites, not compressed',
        ['100 documents × 3 languages, {hundred.pages} pages', 'hundred.s',
            'Hugo, as many pages', 'hugo-hundred.s', 'faster', 2, 4],
        ['its memory', 'hundred.MiB', 'Hugo', 'hugo-hundred.MiB', 'less', 0.1],
        ['the same site', 'hundred.s',
            'po4a + cmark, {hundred.texts} articles', 'po4a-hundred.s', 'faster'],
        ['2 documents × 50 versions × 3, {versions.pages} pages', 'versions.s',
            'Hugo, as many pages', 'hugo-versions.s', 'faster', 2, 4],
        ['its memory', 'versions.MiB', 'Hugo', 'hugo-versions.MiB', 'less', 0.1],
        ['the same site', 'versions.s',
            'po4a + cmark, {versions.texts} articles', 'po4a-versions.s', 'faster'],
        ['1,000 documents × 3 languages', 'thousand.s',
            'ten times 100 × 3', '10*hundred.s', 'less', 1.2],
        ['its memory', 'thousand.MiB', '100 × 3', 'hundred.MiB', 'less', 1.1],
        ['100 × 3 again, nothing changed', 'hundred-again.s',
            'the whole build', 'hundred.s', 'less', 0.05],
        ['100 × 3 again, one PO entry changed', 'hundred-entry.s',
            'the whole build', 'hundred.s', 'less', 0.15],
        ['the real site, compressed', 'real-cold.s', undef, undef, 'limit', 0.15],
        ['the real site again, nothing changed', 'real-warm.s', undef, undef, 'limit', 0.03],
    ],
    ['Texts',
        ['1,000 documents × 3, cut, translated, rendered', 'translate.s',
            'libcmark alone, translated before', 'cmark.s', 'less'],
        ['redline, one word of 10,000', 'redline-word.s',
            'git diff --word-diff', 'git-word.s', 'less'],
        ['redline, a word in each paragraph of 1 MB', 'redline-paragraphs.s',
            'git diff --word-diff', 'git-paragraphs.s', 'less'],
    ],
);

# A panel is [TITLE, BARS...], a bar [ours or peer, its figure, what it is of].
our @panels = (
    ['Records a second at 64 connections (more is better)',
        ['ours', 'first.rate', "a new visitor's record"],
        ['ours', 'first256.rate', '… at 256 connections'],
        ['ours', 'million.rate', '… with {records} there'],
        ['ours', 'act.rate', "a stranger's two posts"],
        ['peer', 'workers.rate', 'workers, nothing recorded'],
        ['peer', 'php.rate', 'PHP-FPM + PDO SQLite']],
    ['Seconds to build 100 documents × 3 languages (less is better)',
        ['ours', 'hundred.s', 'teade build'],
        ['ours', 'hundred-entry.s', '… one PO entry changed'],
        ['ours', 'hundred-again.s', '… nothing changed'],
        ['peer', 'hugo-hundred.s', 'Hugo, as many pages'],
        ['peer', 'po4a-hundred.s', 'po4a + cmark, articles alone']],
    ['Seconds to build 2 documents × 50 versions × 3, with redlines (less is better)',
        ['ours', 'versions.s', 'teade build'],
        ['peer', 'hugo-versions.s', 'Hugo, without redlines'],
        ['peer', 'po4a-versions.s', 'po4a + cmark, articles alone']],
    ['Peak memory of these builds in MiB (less is better)',
        ['ours', 'hundred.MiB', 'teade build, 100 × 3'],
        ['peer', 'hugo-hundred.MiB', 'Hugo, 100 × 3'],
        ['ours', 'versions.MiB', 'teade build, 2 × 50 × 3'],
        ['peer', 'hugo-versions.MiB', 'Hugo, 2 × 50 × 3']],
);

# What follows a figure, by the last part of its name.
our %units = (rate => '/s', s => ' s', MiB => ' MiB', pss => ' MiB', bytes => ' bytes',
    page => ' ms', p99 => ' ms', fewest => '');

1;
