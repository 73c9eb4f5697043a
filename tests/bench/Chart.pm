# Bars as an SVG that reads in light and dark, and aloud: its description has every figure.
package Chart;
use strict;
use warnings;
use utf8;

# In pixels.
my ($width, $left, $right) = (760, 250, 90); # of all, of the labels, of the figures behind bars
my ($row, $bar, $gap) = (26, 16, 44);        # heights: of a row, of its bar, of a panel's title

my $style = <<'END';
.ground { fill: #ffffff }
text { fill: #1f2328; font: 14px system-ui, sans-serif }
.title { font-weight: 600 }
.ours { fill: #0a5ea8 }
.peer { fill: #8b949e }
@media (prefers-color-scheme: dark) {
  .ground { fill: #0d1117 }
  text { fill: #e6edf3 }
  .ours { fill: #58a6ff }
  .peer { fill: #6e7681 }
}
END

sub escaped {
    my %names = ('&' => '&amp;', '<' => '&lt;', '>' => '&gt;', '"' => '&quot;');
    return $_[0] =~ s/([&<>"])/$names{$1}/gr;
}

sub text { # X Y CLASS ANCHOR TEXT
    my ($x, $y, $class, $anchor, $text) = @_;
    return sprintf qq{<text x="%d" y="%d" class="%s" text-anchor="%s">%s</text>\n},
        $x, $y, $class, $anchor, escaped($text);
}

# A bar for each, as long as its figure beside the panel's greatest.
sub panel { # Y TITLE BARS...
    my ($y, $title, @bars) = @_;
    my ($greatest) = sort { $b <=> $a } map { $_->[2] } @bars;
    my $out = text(20, $y + $gap - 16, 'title', 'start', $title);
    $y += $gap;
    for (@bars) {
        my ($whose, $label, $figure, $said) = @$_;
        my $length = $figure / $greatest * ($width - $left - $right);
        $out .= text($left - 10, $y + 13, 'label', 'end', $label);
        $out .= sprintf qq{<rect x="%d" y="%d" width="%.1f" height="%d" class="%s"/>\n},
            $left, $y, $length, $bar, $whose;
        $out .= text($left + $length + 8, $y + 13, 'figure', 'start', $said);
        $y += $row;
    }
    return $out;
}

sub description { # PANELS
    return join ' ', map {
        my ($title, @bars) = @$_;
        "$title: " . join('; ', map { "$_->[1] $_->[3]" } @bars) . '.';
    } @_;
}

# A panel is [TITLE, BARS...], a bar [ours or peer, LABEL, NUMBER, the number as it is shown].
sub draw { # TITLE SETTINGS PANELS...: the SVG
    my ($title, $settings, @panels) = @_;
    my ($y, $body) = (10, '');
    for (@panels) {
        $body .= panel($y, @$_);
        $y += $gap + $row * (@$_ - 1);
    }
    my $height = $y + 14;
    return qq{<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 $width $height" }
        . qq{width="$width" height="$height" role="img" aria-labelledby="title description">\n}
        . '<title id="title">' . escaped($title) . "</title>\n"
        . '<desc id="description">' . escaped(description(@panels) . " $settings") . "</desc>\n"
        . "<style>\n$style</style>\n"
        . qq{<rect class="ground" width="$width" height="$height"/>\n$body</svg>\n};
}

1;
