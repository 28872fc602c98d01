/** What differs between two starts on one folder, as arguments of `kafka.Kafka`. */
export function brokerOverrides(port: number, controllerPort: number): string[] {
  return [
    `controller.quorum.voters=1@127.0.0.1:${controllerPort}`,
    `listeners=CLIENTS://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    `advertised.listeners=CLIENTS://127.0.0.1:${port}`,
  ].flatMap((setting) => ['--override', setting])
}

/**
 * The broker's settings: Kafka's own, but for those that a single node on one machine needs otherwise.
 *
 * The same at every start, so a second one that is about to be refused changes nothing for the first. The log folder is
 * relative to the data folder, in which the broker runs: Kafka would take a comma in its name for a separator.
 */
export const BROKER_PROPERTIES = `# Written at every start; changes are lost. The ports are given on the command line.
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:9093
listeners=CLIENTS://127.0.0.1:9092,CONTROLLER://127.0.0.1:9093
inter.broker.listener.name=CLIENTS
controller.listener.names=CONTROLLER
listener.security.protocol.map=CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT
log.dirs=log

# After a kill the controller takes the broker back only once the dead one's session has run out (else 9 s).
broker.session.timeout.ms=1500
broker.heartbeat.interval.ms=300

# One node has one replica. Internal topics with fewer partitions start sooner.
default.replication.factor=1
offsets.topic.replication.factor=1
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=4
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
share.coordinator.state.topic.num.partitions=1

# Topics are made by the program, with their settings; a mistyped name must not make one.
auto.create.topics.enable=false
# A record of 2023 is not to be expired by its age, nor a year's progress because nobody read for a week.
log.retention.ms=-1
log.retention.bytes=-1
offsets.retention.minutes=525600
# A consumer that joins need not wait for others that do not come.
group.initial.rebalance.delay.ms=0
# After a kill the segments behind the last checkpoint are read again: a young one keeps that short.
log.flush.offset.checkpoint.interval.ms=5000
log.segment.bytes=268435456
`
