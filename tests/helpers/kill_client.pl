#!/usr/bin/perl
# kill_client.pl ORIGIN posts COUNT CONNECTIONS
# kill_client.pl ORIGIN kill ROUNDS CONNECTIONS LOCK COMMAND...
# kill_client.pl ORIGIN reload ROUNDS CONNECTIONS LOCK COMMAND...
#
# Visitors in a hurry: each opens a connection, posts an answer without a cookie (and so is
# a visitor never seen before), posts it once more with the cookie that the answer brings, and leaves;
# another takes the place at once.
#
# `posts` ends after COUNT.  `kill` runs COMMAND, a teade-consent whose keeper locks the
# file LOCK, and goes on while the keeper, a worker and the supervisor are killed in turn; a
# killed supervisor is started again.  Then every cookie that came with a 303 is shown to
# status.json, which must know what this visitor answered.
#
# `reload` has COMMAND take its site again and again, which nobody must notice; one worker
# meanwhile waits for a connection's first byte, which never comes, and one for a request that
# comes only after it was told to end.
#
# What was met goes to stdout, a line each: a name and a number.
use strict;
use warnings;
use POSIX qw(WNOHANG);
use Socket;
use Time::HiRes qw(time sleep);

my $patience = 10;     # seconds to wait for an answer
my $quiet    = 0.15;   # seconds without a failure, and the service is back

my ($origin, $mode, $count, $connections, $lock, @command) = @ARGV;
my ($host, $port) = ($origin // '') =~ m{^http://([\d.]+):(\d+)$} or die "no such origin\n";
my $address = sockaddr_in($port, inet_aton($host));

sub tell_number {
    my ($name, $number) = @_;
    printf "%s %d\n", $name, $number;
}

# Requests: {socket, begun, text, status}, and what their sender wants to remember.

my %flying;    # by file descriptor

sub begin {
    my ($text, %request) = @_;
    socket($request{socket}, PF_INET, SOCK_STREAM, 0)
        && connect($request{socket}, $address)
        && syswrite($request{socket}, $text)
        or die "$origin: $!\n";
    $request{begun} = time;
    $request{text}  = '';
    $flying{fileno $request{socket}} = \%request;
}

# Whether all of an answer is there, or nobody waits for it any more.  The status is 0
# where even its head is not whole.
sub is_over {
    my ($request, $readable) = @_;
    my $text = \$request->{text};
    return 0
        unless $readable && !sysread($request->{socket}, $$text, 65536, length $$text)
        or time - $request->{begun} > $patience;
    $request->{status} = $$text =~ m{^HTTP/1\.1 (\d{3}) .*?\r\n\r\n}s ? $1 : 0;
    $request->{ended}  = time;
    close delete $request->{socket};
    return 1;
}

# The requests that are over after at most so many seconds.
sub finish {
    my ($seconds) = @_;
    my $wanted = '';
    vec($wanted, $_, 1) = 1 for keys %flying;
    select(my $readable = $wanted, undef, undef, $seconds);
    my @over = grep { is_over($flying{$_}, vec($readable, $_, 1)) } keys %flying;
    return delete @flying{@over};
}

sub get {
    my ($path, $cookie) = @_;
    return "GET $path HTTP/1.0\r\n" . ($cookie ? "Cookie: teade=$cookie\r\n" : '') . "\r\n";
}

sub answer_to {
    my ($text) = @_;
    my $over;
    begin($text);
    ($over) = finish(0.1) until $over;
    return $over;
}

# Posts: the fields are those of the page's first form.

my @answers = qw(given refused);
my @posts;              # the text of each
my %saved;              # cookie => answer, of those that got a 303
my %met = map { $_ => 0 } qw(posts saved refused wrong slowest);
my @round;              # the posts that were answered in this round

sub read_form {
    my ($form) = answer_to(get('/en/choices/'))->{text} =~ m{<form [^>]*/record">(.*?)</form>}s
        or die "no form in /en/choices/\n";
    my %field = $form =~ /<input type="hidden" name="(\w+)" value="([^"]*)"/g;
    my ($choice) = $form =~ /name="(choice\.[^"]+)" value="given"/ or die "no choice\n";
    for my $answer (@answers) {
        my $body = join '&', map {"$_=$field{$_}"} sort keys %field;
        $body .= "&$choice=$answer";
        push @posts,
              "POST /en/choices/record HTTP/1.0\r\nOrigin: $origin\r\n"
            . "Content-Type: application/x-www-form-urlencoded\r\n"
            . 'Content-Length: ' . length($body) . "\r\n\r\n$body";
    }
}

# A stranger is sent a cookie, and sends the same form to where the answer leads.
sub post_again {
    my ($over) = @_;
    my ($path) = $over->{text} =~ /^Location: (\S+)/m;
    my ($cookie) = $over->{text} =~ /^Set-Cookie: ([^;]+)/m;

    begin($posts[$over->{post}] =~ s/^POST \S+ (.*?\n)/POST $path $1Cookie: $cookie\r\n/r,
        post => $over->{post}, again => 1);
}

sub take_answer {
    my ($over) = @_;
    return post_again($over) if $over->{status} == 307 && !$over->{again};
    my $latency = $over->{ended} - $over->{begun};
    my ($cookie) = $over->{text} =~ /^Set-Cookie: teade=([^;]+);/m;

    $met{slowest} = $latency if $latency > $met{slowest};
    $over->{saved} = $over->{status} == 303 && $cookie && !$saved{$cookie};
    if ($over->{saved}) {
        $saved{$cookie} = $answers[$over->{post}];
        $met{saved}++;
    } else {
        $met{$over->{status} == 502 || $over->{status} == 503 ? 'refused' : 'wrong'}++;
        $met{"status-$over->{status}"}++;
    }
    push @round, $over;
}

# Keeps all visitors posting until the time, or the number of posts, has come.
sub keep_posting {
    my ($until, $number) = @_;
    while (time < $until && $met{posts} < $number) {
        while (keys %flying < $connections && $met{posts} < $number) {
            my $post = $met{posts}++ % @posts;
            begin($posts[$post], post => $post);
        }
        take_answer($_) for finish(0.01);
    }
}

sub await_all {
    while (keys %flying) { take_answer($_) for finish(0.1) }
}

# The endpoint

my ($supervisor, $starts) = (0, 0);

sub start_endpoint {
    $starts++;
    defined($supervisor = fork) or die "fork: $!\n";
    return if $supervisor;
    exec @command or POSIX::_exit(71);
}

# As whatever keeps services running would, only sooner.
sub keep_endpoint {
    start_endpoint() if waitpid($supervisor, WNOHANG) == $supervisor;
}

sub await_endpoint {
    my $until = time + $patience;
    until (answer_to(get('/choices/health'))->{status} == 200) {
        die "the endpoint does not start\n" if time > $until;
        keep_endpoint();
        sleep 0.02;
    }
}

sub slurp {
    my ($path) = @_;
    open my $file, '<', $path or return '';
    local $/ = undef;
    return <$file> // '';
}

sub children { return split ' ', slurp("/proc/$supervisor/task/$supervisor/children") }

sub keeper {
    my $inode = (stat $lock)[1] // return 0;
    my ($pid) = slurp('/proc/locks') =~ /FLOCK .* (\d+) [0-9a-f]+:[0-9a-f]+:$inode /;
    return $pid // 0;
}

# A zombie has no command line, and a number may be another process by now.
sub is_alive {
    my ($pid) = @_;
    return slurp("/proc/$pid/cmdline") =~ /teade-consent/;
}

# How many of these still live, once they had the time to end.
sub still_alive {
    my @others = @_;
    my $until  = time + 5;
    sleep 0.02 while (@others = grep { is_alive($_) } @others) && time < $until;
    return scalar @others;
}

# Rounds

my %victims = (
    keeper     => \&keeper,
    worker     => sub { my @workers = grep { $_ != keeper() } children(); $workers[rand @workers] },
    supervisor => sub {$supervisor},
);
my @kinds = qw(keeper worker supervisor);
my %back  = map { $_ => 0 } @kinds;    # seconds, at worst
my ($orphans, $killed, $unprovoked) = (0, 0, 0);

# Back is the service when a post that was begun afterwards is saved and no later one
# fails.  Seconds, or nothing as long as there is no such post.
sub back_after {
    my ($since) = @_;
    my @after = grep { $_->{begun} > $since } @round;
    my ($first) = sort { $a <=> $b } map { $_->{ended} } grep { $_->{saved} } @after;
    my ($last)  = sort { $b <=> $a } map { $_->{begun} } grep { !$_->{saved} } @after;
    return unless $first;
    return ($last && $last > $first ? $last : $first) - $since;
}

sub await_calm {
    my ($since) = @_;
    my $back;
    do {
        keep_endpoint();
        keep_posting(time + 0.02, 'inf');
        $back = back_after($since);
    } until time > $since + ($back // $patience) + $quiet;
    return $back // $patience;
}

sub play_round {
    my ($kind) = @_;
    my ($victim, @others, $since, $seconds);

    @round = ();
    do {
        keep_endpoint();
        keep_posting(time + 0.05 + rand 0.1, 'inf');
    } until $victim = $victims{$kind}->();
    $unprovoked += grep { !$_->{saved} } @round;
    @others = children();
    $since  = time;
    $killed += kill KILL => $victim;
    $seconds = await_calm($since);
    $back{$kind} = $seconds if $seconds > $back{$kind};
    $orphans += still_alive(@others) if $kind eq 'supervisor';
}

sub ask_again {
    my @cookies = keys %saved;
    my $lost    = 0;
    while (@cookies || keys %flying) {
        while (@cookies && keys %flying < $connections) {
            my $cookie = pop @cookies;
            begin(get('/choices/status.json', $cookie), answer => $saved{$cookie});
        }
        for my $over (finish(1)) {
            $lost++
                unless $over->{status} == 200
                && $over->{text} =~ /"known": true/
                && $over->{text} =~ /"answer": "$over->{answer}"/;
        }
    }
    return $lost;
}

# With nobody asking, too, nothing outlives the supervisor.
sub kill_idle {
    my @others = children();
    kill KILL => $supervisor;
    waitpid $supervisor, 0;
    $orphans += still_alive(@others);
    start_endpoint();
    await_endpoint();
}

sub end_endpoint {
    my @others = children();
    kill TERM => $supervisor;
    waitpid $supervisor, 0;
    tell_number('exit', $?);
    tell_number('left', scalar grep { is_alive($_) } @others);
}

sub kill_in_turn {
    start_endpoint();
    await_endpoint();
    read_form();
    play_round($kinds[$_ % @kinds]) for 0 .. $count - 1;
    await_all();
    tell_number('lost', ask_again());
    kill_idle();
    end_endpoint();
    tell_number('killed',     $killed);
    tell_number('starts',     $starts);
    tell_number('orphans',    $orphans);
    tell_number('unprovoked', $unprovoked);
    tell_number("back-$_",    $back{$_} * 1000) for @kinds;
}

# The supervisor's children, once those that were told to end had the time to.
sub count_children {
    my ($wanted) = @_;
    my $until = time + 10;
    sleep 0.05 until children() == $wanted || time > $until;
    return scalar children();
}

sub connect_and_say_nothing {
    my ($path) = map { $command[$_ + 1] } grep { $command[$_] eq '--listen' } 0 .. $#command;
    my $silent;
    socket($silent, PF_UNIX, SOCK_STREAM, 0) && connect($silent, sockaddr_un($path))
        or die "$path: $!\n";
    return $silent;
}

sub fastcgi_record {
    my ($type, $content) = @_;
    return pack 'CCnnCC a*', 1, $type, 1, length $content, 0, 0, $content;
}

sub fastcgi_get {
    my ($path) = @_;
    my %parameters = (REQUEST_METHOD => 'GET', DOCUMENT_URI => $path);
    my $parameters = join '',
        map { pack 'CC a* a*', length, length $parameters{$_}, $_, $parameters{$_} } keys %parameters;
    return join '', fastcgi_record(1, pack 'nCx5', 1, 0), fastcgi_record(4, $parameters),
        fastcgi_record(4, ''), fastcgi_record(5, '');
}

# Whether the request of a connection that a leaving worker has is answered.
sub is_answered {
    my ($socket) = @_;
    syswrite $socket, fastcgi_get('/choices/health');
    sysread $socket, my $answer, 65536;
    return ($answer // '') =~ /Content-Type/;
}

sub reload_often {
    my ($children, $silent, $late, $answered);
    start_endpoint();
    await_endpoint();
    read_form();
    $children = count_children(17);
    $silent   = connect_and_say_nothing();
    $late     = connect_and_say_nothing();
    for (1 .. $count) {
        kill HUP => $supervisor;
        keep_posting(time + 0.1 + rand 0.1, 'inf');
        $answered //= is_answered($late);
    }
    tell_number('hung-up', !$answered);
    await_all();
    tell_number('children', $children);
    tell_number('children-after', count_children($children));
    tell_number('lost', ask_again());
    end_endpoint();
}

if ($mode eq 'kill') {
    kill_in_turn();
} elsif ($mode eq 'reload') {
    reload_often();
} else {
    read_form();
    keep_posting('inf', $count);
    await_all();
}
$met{slowest} *= 1000;
tell_number($_, $met{$_}) for sort keys %met;
