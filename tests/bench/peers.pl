#!/usr/bin/perl
# peers.pl write SOURCE SITE DIRECTORY: of the source of a site that make_site.pl made, and the site
# that was built from it, writes what the peers work on:
#
#   DIRECTORY/hugo  as many pages as SITE has, already translated: a Markdown file for each, which
#                   says what a page of SITE says, and a plain template.  The page of a redline has
#                   the newer text alone; one that shows no text (a history) the list of its links
#   DIRECTORY/po4a  the same Markdown and PO files for po4a, without front matter
#
# peers.pl check-hugo SITE DIRECTORY: that Hugo wrote as many pages as SITE has to
# DIRECTORY/hugo/public.  peers.pl check-po4a SITE DIRECTORY: that po4a and cmark wrote a page for
# each text to DIRECTORY/po4a/html.  And that each says every word of its text.
use strict;
use warnings;
use File::Basename qw(basename dirname);
use File::Find qw(find);
use File::Path qw(make_path);
use JSON::PP qw(decode_json);

sub fail {
    die "peers.pl: @_\n";
}

sub read_file { # PATH
    open my $in, '<', $_[0] or fail("$_[0]: $!");
    local $/;
    return scalar <$in>;
}

sub write_file { # PATH TEXT
    make_path(dirname($_[0]));
    open my $out, '>', $_[0] or fail("$_[0]: $!");
    print $out $_[1];
    close $out or fail("$_[0]: $!");
}

# Paths of the HTML files below a folder, relative to it, in order.
sub pages { # FOLDER
    my ($folder, @found) = @_;
    my $add = sub { push @found, substr($_, 1 + length $folder) if /\.html$/ };
    find({no_chdir => 1, wanted => $add}, $folder);
    return sort @found;
}

# "LANGUAGE DOCUMENT VERSION" → the path of its text; "LANGUAGE DOCUMENT" → that of the newest.
sub texts { # SITE
    my %texts;
    for my $document (@{decode_json(read_file("$_[0]/private/manifest.json"))->{documents}}) {
        for my $revision (sort { $a->{id} cmp $b->{id} } @{$document->{revisions}}) {
            for my $text (@{$revision->{texts}}) {
                my $key = "$text->{language} $document->{id}";
                $texts{$key} = $texts{"$key $revision->{id}"} =
                    "$_[0]/private/texts/$text->{digest}.md";
            }
        }
    }
    return \%texts;
}

# The text that a page shows, or undef.
sub text_of_page { # TEXTS PAGE
    my ($texts, $page) = @_;
    my ($language, $document, @rest) = split m{/}, $page;
    pop @rest; # index.html
    return unless defined $document && $rest[0] // '' ne 'history';
    shift @rest if @rest && $rest[0] eq 'changes';
    return $texts->{join ' ', $language, $document, @rest ? $rest[-1] : ()};
}

sub links { # HTML
    return join '', map { "- [$_]($_)\n" } $_[0] =~ /<a href="([^"]+)"/g;
}

my %layout = (
    'config.toml' => <<'END',
baseURL = "https://kuukivi.example/"
disableKinds = ["home", "section", "taxonomy", "term", "RSS", "sitemap", "robotsTXT", "404"]
END
    'layouts/_default/single.html' => <<'END',
<!doctype html>
<html lang="{{ .Params.lang }}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/style.css">
<title>{{ .Title }} – Kuukivi Observatory</title>
</head>
<body>
<header><a href="/{{ .Params.lang }}/">Kuukivi Observatory</a></header>
<main>{{ .Content }}</main>
<footer>privacy@kuukivi.example</footer>
</body>
</html>
END
);

sub write_hugo { # SITE DIRECTORY
    my ($site, $directory) = @_;
    my $texts = texts($site);
    write_file("$directory/$_", $layout{$_}) for keys %layout;
    for my $page (pages("$site/public")) {
        my $text = text_of_page($texts, $page);
        my $markdown = $text ? read_file($text) : links(read_file("$site/public/$page"));
        my ($title) = $markdown =~ /^# (.*)/;
        my ($language) = $page =~ m{^(\w+)/};
        my $name = 'of-' . $page =~ s{/}{-}gr =~ s/html$/md/r; # index.md would be no page alone
        write_file("$directory/content/$name",
            sprintf("---\ntitle: %s\nlang: %s\nurl: /%s\n---\n%s",
                $title // $page, $language // 'en', $page =~ s/index\.html$//r, $markdown));
    }
}

sub write_po4a { # SOURCE DIRECTORY
    my ($source, $directory) = @_;
    my @languages = map { basename($_) } grep { -d } glob "$source/locale/*";
    my $settings = "[po4a_langs] @languages\n"
        . "[po4a_paths] pot/\$master.pot \$lang:locale/\$lang.\$master.po\n"
        . "[po4a_alias:markdown] text opt:\"--option markdown"
        . " --master-charset UTF-8 --localized-charset UTF-8\"\n";
    make_path("$directory/pot");
    for my $file (sort glob "$source/content/*/*.md") {
        my ($document, $name) = (basename(dirname($file)), basename($file, '.md'));
        my ($body) = read_file($file) =~ /\A---\n.*?\n---\n(.*)/s or fail("$file: no front matter");
        write_file("$directory/en/$document.$name.md", $body);
        $settings .= "[type: markdown] en/$document.$name.md"
            . " \$lang:\$lang/$document.$name.md pot=$document\n";
        write_file("$directory/locale/$_.$document.po",
            read_file("$source/locale/$_/LC_MESSAGES/$document.po")) for @languages;
    }
    write_file("$directory/po4a.cfg", $settings);
}

# The letters of a text, and of a page: such words need no escapes.
sub letters_of_text { # MARKDOWN
    return $_[0] =~ s/\]\([^)]*\)//gr =~ s/[-*#\[\]\s]//gr;
}

sub letters_of_page { # HTML
    return $_[0] =~ s/<[^>]*>//gr =~ s/[-*#\[\]\s]//gr;
}

sub check_hugo { # SITE DIRECTORY
    my ($site, $directory) = @_;
    my $texts = texts($site);
    my @pages = pages("$site/public");
    my @theirs = pages("$directory/public");
    @pages == @theirs or fail(@theirs . ' pages of Hugo, and ' . @pages . ' of ours');
    for my $page (@pages) {
        my $text = text_of_page($texts, $page) // next;
        my ($main) = read_file("$directory/public/$page") =~ m{<main>(.*)</main>}s;
        letters_of_page($main // '') eq letters_of_text(read_file($text))
            or fail("Hugo's $page says something else");
    }
}

# A text begins with its document's title, which is front matter to po4a.
sub check_po4a { # SITE DIRECTORY
    my ($site, $directory) = @_;
    my $texts = texts($site);
    for my $key (grep { tr/ // == 2 } sort keys %$texts) {
        my ($language, $document, $version) = split ' ', $key;
        my $text = read_file($texts->{$key}) =~ s/\A# .*//r;
        my $page = read_file("$directory/html/$language/$document.$version.html");
        letters_of_page($page) eq letters_of_text($text)
            or fail("po4a's $language/$document.$version says something else");
    }
}

my ($command, @paths) = @ARGV;
my %commands = (
    'write' => [3, sub { write_hugo($_[1], "$_[2]/hugo"); write_po4a($_[0], "$_[2]/po4a") }],
    'check-hugo' => [2, sub { check_hugo($_[0], "$_[1]/hugo") }],
    'check-po4a' => [2, sub { check_po4a($_[0], "$_[1]/po4a") }],
);
my $chosen = $commands{$command // ''};
fail('usage: peers.pl write SOURCE SITE DIRECTORY, or check-hugo or check-po4a SITE DIRECTORY')
    unless $chosen && @paths == $chosen->[0];
$chosen->[1]->(@paths);
