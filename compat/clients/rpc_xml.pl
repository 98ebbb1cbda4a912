#!/usr/bin/perl
# Drives the daemon with Perl's RPC::XML over TCP.
use strict;
use warnings;
use RPC::XML::Client;

my ($login) = "$ENV{SUPERVISOR_USER}:$ENV{SUPERVISOR_PASSWORD}";
my $url = $ENV{SUPERVISOR_URL} =~ s{^http://}{http://$login\@}r;
my $client = RPC::XML::Client->new("$url/RPC2");
my ($user, $password) = ($ENV{SUPERVISOR_USER}, $ENV{SUPERVISOR_PASSWORD});
$client->credentials('default', $user, $password);

sub show {
    my ($what, @call) = @_;
    my $answer = $client->send_request(@call);
    if (!ref $answer) { print "$what -> error $answer\n"; return; }
    if ($answer->is_fault) { printf "%s -> fault %d %s\n", $what, $answer->code, $answer->string; return; }
    print "$what -> ", dump_value($answer), "\n";
}

# Values with their types.
sub dump_value {
    my ($value) = @_;
    my $type = $value->type;
    return "[" . join(", ", map { dump_value($_) } @$value) . "]" if $type eq 'array';
    return "{" . join(", ", map { "$_: " . dump_value($value->{$_}) } grep { !/^(now|start|stop|pid|description)$/ } sort keys %$value) . "}"
        if $type eq 'struct';
    return "$type " . $value->value;
}

show('version', 'supervisor.getAPIVersion');
show('state', 'supervisor.getState');
show('stop', 'supervisor.stopProcess', RPC::XML::string->new('cat'));
show('stop again', 'supervisor.stopProcess', RPC::XML::string->new('cat'));
show('start', 'supervisor.startProcess', RPC::XML::string->new('cat'), RPC::XML::boolean->new(1));
show('info', 'supervisor.getProcessInfo', RPC::XML::string->new('cat'));
show('signal by number', 'supervisor.signalProcess', RPC::XML::string->new('cat'), RPC::XML::int->new(18));
show('log', 'supervisor.readProcessStdoutLog', RPC::XML::string->new('talker'), RPC::XML::int->new(0), RPC::XML::int->new(0));
show('tail', 'supervisor.tailProcessStdoutLog', RPC::XML::string->new('talker'), RPC::XML::i4->new(0), RPC::XML::i4->new(4));
show('multicall', 'system.multicall', [{ methodName => 'supervisor.getState', params => [] }, { methodName => 'nope' }]);
show('signature', 'system.methodSignature', RPC::XML::string->new('supervisor.startProcess'));
show('unknown', 'supervisor.nope');
