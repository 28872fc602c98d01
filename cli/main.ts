/** `npx steadyline <command>`: what there is, and how an error ends. Each command lives in commands/. */
import { Command, CommanderError, Option } from 'commander'
import { shownError } from '../schemas/shown-error.ts'
import { programVersion } from './program-version.ts'

const program = new Command('steadyline')
  .description('Do peak-time connection rates stay in line with the overall rate?')
  .version(programVersion(), '-V, --version', 'which program this is')
  .exitOverride()
  .showHelpAfterError('Try `npx steadyline --help`.')

/** Collects an option that may be given several times. */
function eachOf(value: string, before: string[] = []): string[] {
  return [...before, value]
}

/** A command that works on a data folder with a profile. */
function command(name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .exitOverride()
    .addOption(new Option('--data <dir>', 'folder of the broker and the store (STEADYLINE_DATA, default .steadyline)'))
    .addOption(new Option('--profile <file>', 'the profile (STEADYLINE_PROFILE)'))
}

const scenarioOption = () =>
  new Option('--scenario <name>', 'of a scenario instead of the real figures (docs/scenarios.md)')

/** A command that asks servers for figures: the real ones, or those of a scenario. */
function serverCommand(name: string, description: string): Command {
  return command(name, description).addOption(scenarioOption())
}

command('up', 'everything on one machine: broker, store, processor, API; with an empty store a synthetic year')
  .option('--port <port>', 'port of the API (API_PORT, default 8080)')
  .option('--empty', 'generate nothing')
  .option('--exit', 'stop after the figures are printed')
  .option('--demo <name>', 'a variation of the synthetic year, for example evening-collapse')
  .addOption(
    new Option('--lang <language>', 'of what is printed (default: that of the terminal)').choices(['zh', 'en']),
  )
  .action(async (options) => (await import('./commands/up.ts')).up(options))

command('generate', 'write a synthetic period as a capture: calls.avro, tickets.avro, truth.json')
  .requiredOption('--out <dir>', 'folder to write')
  .option('--seed <number>', 'same seed, same bytes', '1')
  .option('--from <instant>', 'of arrived_at and accepted_at, in (default: start of the contract)')
  .option('--to <instant>', 'out (default: end of the contract)')
  .option('--scale <number>', 'how many hotlines like this one', '1')
  .option('--demo <name>', 'a variation, for example evening-collapse')
  .action(async (options) => (await import('./commands/generate.ts')).generateCommand(options))

command(
  'demonstrate',
  'the synthetic year of the profile into servers whose topics are empty; what `up` does by itself',
)
  .option('--demo <name>', 'a variation, for example evening-collapse')
  .action(async (options) => (await import('./commands/demonstrate.ts')).demonstrate(options))

serverCommand('replay', 'publish a capture to Kafka, in the order it holds')
  .requiredOption('--from <dir>', 'folder with calls.avro and tickets.avro')
  .option('--speed <speed>', 'max, or a factor of real time such as 60x', 'max')
  .option(
    '--complete-until <instant>',
    'until when the capture is complete (default: the day of its last record, and the time to settle)',
  )
  .option('--shift <duration>', 'with --scenario: by the calendar, weekdays and holidays kept, such as P1Y')
  .option('--scale <factor>', 'with --scenario: how many times as many callers come')
  .option('--growth <factors>', 'with --scenario: by line, in addition, such as 12345=1.2,12315=0.8')
  .option('--seed <number>', 'of what is drawn: same seed, same bytes', '1')
  .option('--lines <numbers>', 'with --scenario: only these lines, such as 12345,12315')
  .option('--regions <codes>', 'with --scenario: only these regions; an empty code is the unknown one')
  .action(async (options) => (await import('./commands/replay.ts')).replayCommand(options))

serverCommand('capture', 'the facts of a period, all revisions, back into a capture')
  .requiredOption('--out <dir>', 'folder to write')
  .requiredOption('--from <instant>', 'of arrived_at and accepted_at, in')
  .requiredOption('--to <instant>', 'out')
  .action(async (options) => (await import('./commands/capture.ts')).captureCommand(options))

serverCommand('import', "people's own exports, CSV or TSV, into a capture or to Kafka (docs/import.md)")
  .addOption(new Option('--calls <file>', 'an export of calls; again for each further file').argParser(eachOf))
  .addOption(new Option('--tickets <file>', 'an export of tickets; again for each further file').argParser(eachOf))
  .requiredOption('--map <file>', 'which column is which field, in YAML')
  .option('--out <dir>', 'write a capture there; without it records are published to Kafka')
  .option('--dry-run', 'show what would be counted and what could not be mapped, and write nothing')
  .option('--unmapped <file>', 'list of everything that could not be mapped, as CSV (with --out: DIR/unmapped.csv)')
  .option('--complete-until <instant>', 'until when the exports are complete (default: as for replay)')
  .action(async (options) => (await import('./commands/import.ts')).importCommand(options))

serverCommand('process', 'one processor; as many as wanted').action(async (options) =>
  (await import('./commands/process.ts')).processCommand(options),
)

serverCommand('serve', 'one API')
  .option('--port <port>', 'port to listen on (API_PORT, default 8080)')
  .action(async (options) => (await import('./commands/serve.ts')).serveCommand(options))

serverCommand('wait', 'return once everything that is now in Kafka has been counted')
  .option('--timeout <length>', 'give up after this long, exit 1', '10m')
  .action(async (options) => (await import('./commands/wait.ts')).wait(options))

const rejects = serverCommand('rejects', 'what was not counted, and why')
/** A command about rejects, on the servers of a data folder. */
function rejectsCommand(name: string, description: string, isDefault = false): Command {
  const made = rejects.command(name, { isDefault }).description(description).exitOverride()
  made.option('--data <dir>', 'folder of the broker and the store').option('--profile <file>', 'the profile')
  return made.addOption(scenarioOption())
}
rejectsCommand('list', 'every message that was not counted, by code', true)
  .addOption(new Option('--format <format>', 'how to print').choices(['table', 'json']).default('table'))
  .action(async (options) => (await import('./commands/rejects.ts')).rejectsList({ ...rejects.opts(), ...options }))
rejectsCommand('show', 'one message with what it holds, which may name a caller; exit 1 if there is none')
  .argument('<place>', 'topic:partition:offset, as list prints them')
  .addOption(new Option('--format <format>', 'how to print').choices(['text', 'json']).default('text'))
  .action(async (place, options) =>
    (await import('./commands/rejects.ts')).rejectsShow(place, { ...rejects.opts(), ...options }),
  )
rejectsCommand('republish', 'rejects back into their topics as they came, after mending what refused them')
  .addOption(new Option('--code <code>', 'of this code only; again for each further one').argParser(eachOf))
  .option('--topic <topic>', 'that came from this topic')
  .option('--partition <number>', 'that came from this partition')
  .option('--from-offset <offset>', 'whose offset there is this or a later one')
  .option('--to-offset <offset>', 'whose offset there is before this one')
  .option('--all', 'all of them')
  .option('--dry-run', 'say how many, and publish nothing')
  .action(async (options) =>
    (await import('./commands/rejects.ts')).rejectsRepublish({ ...rejects.opts(), ...options }),
  )

serverCommand('reconcile', 'facts against cells, cell by cell; exit 1 if there is a difference')
  .option('--repair', 'delete wrong cells and recompute them')
  .option('--log', 'also read the topics again, and find every record in facts or in rejects')
  .action(async (options) => (await import('./commands/reconcile.ts')).reconcile(options))

serverCommand('rebuild', "all cells from facts, for the profile's definitions").action(async (options) =>
  (await import('./commands/rebuild.ts')).rebuildCommand(options),
)

serverCommand('retention', 'seal the UTC years before one and delete their facts; no figure is lowered')
  .requiredOption('--keep-from <year>', 'the first year whose records stay, such as 2022')
  .option('--dry-run', 'say what would be deleted, and change nothing')
  .action(async (options) => (await import('./commands/retention.ts')).retention(options))

command('backup', 'everything that cannot be computed again, into a folder (docs/retention-and-backup.md)')
  .requiredOption('--out <dir>', 'an empty folder, or a new one')
  .action(async (options) => (await import('./commands/backup.ts')).backupCommand(options))

command('restore', 'a backup into an empty database, before processors start; cells are made of facts')
  .requiredOption('--from <dir>', 'folder of the backup')
  .option('--new-log', 'the log is another one: leave out progress, rejects and watermarks, which speak of its offsets')
  .action(async (options) => (await import('./commands/backup.ts')).restoreCommand(options))

serverCommand('evaluate', 'the scorecard of a year: every indicator with its points, the sum and the grade')
  .requiredOption('--year <year>', 'such as 2023')
  .option('--as-of <instant>', 'count only what was emitted until then (in)')
  .addOption(new Option('--format <format>', 'how to print').choices(['table', 'json', 'csv', 'html']).default('table'))
  .addOption(new Option('--lang <language>', 'of the table (default: that of the terminal)').choices(['zh', 'en']))
  .option('--bom', 'begin a CSV with a byte order mark, by which Excel knows UTF-8')
  .action(async (options) => (await import('./commands/evaluate.ts')).evaluateCommand(options))

serverCommand('stability', 'whether the peaks of a year or a quarter hold')
  .option('--year <year>', 'such as 2023')
  .option('--quarter <quarter>', "such as 2023-Q3, counted from the contract's start")
  .option('--line <number>', 'of one line only')
  .option('--region <code>', 'of one region only; "" for the unknown one')
  .addOption(new Option('--format <format>', 'how to print').choices(['table', 'json', 'csv', 'html']).default('table'))
  .addOption(new Option('--lang <language>', 'of the table (default: that of the terminal)').choices(['zh', 'en']))
  .option('--bom', 'begin a CSV with a byte order mark, by which Excel knows UTF-8')
  .action(async (options) => (await import('./commands/stability.ts')).stabilityCommand(options))

const statements = program.command('statements').description('frozen figures 定版报表').exitOverride()
/** A command about statements, on the store of a data folder. */
function statementsCommand(name: string, description: string, formats: string[]): Command {
  const made = statements.command(name).description(description).exitOverride()
  made.option('--data <dir>', 'folder of the broker and the store').option('--profile <file>', 'the profile')
  made.addOption(scenarioOption())
  if (formats.length > 0)
    made.addOption(new Option('--format <format>', 'how to print').choices(formats).default(formats[0]))
  return made.addOption(new Option('--lang <language>', 'default: that of the terminal').choices(['zh', 'en']))
}

statementsCommand('issue', 'freeze the figures of a period; of the same evidence it is the same statement', [
  'table',
  'json',
])
  .argument('<period>', "2023, 2023-Q1 (counted from the contract's start) or 2023-01")
  .option('--provisional', 'though the period is not final yet; the statement says so')
  .action(async (period, options) => (await import('./commands/statements.ts')).issueCommand(period, options))
statementsCommand('list', 'the statements that were issued', ['table', 'json']).action(async (options) =>
  (await import('./commands/statements.ts')).listCommand(options),
)
statementsCommand('show', 'a statement; as JSON the very bytes that were issued', ['table', 'json', 'html'])
  .argument('<id>')
  .action(async (id, options) => (await import('./commands/statements.ts')).showCommand(id, options))
statementsCommand('diff', 'what changed since it was issued: figures, and the calls and tickets that changed them', [
  'table',
  'json',
])
  .argument('<id>')
  .action(async (id, options) => (await import('./commands/statements.ts')).diffCommand(id, options))
statementsCommand('verify', 'whether a file, JSON or page, is what was issued; exit 1 if not', [])
  .argument('<file>')
  .action(async (file, options) => (await import('./commands/statements.ts')).verifyCommand(file, options))

const scenarios = program.command('scenarios').description('what replays into scenarios left').exitOverride()
/** A command about scenarios, on the servers of a data folder. */
function scenariosCommand(name: string, description: string, formats: string[]): Command {
  const made = scenarios.command(name).description(description).exitOverride()
  made.option('--data <dir>', 'folder of the broker and the store').option('--profile <file>', 'the profile')
  if (formats.length > 0)
    made.addOption(new Option('--format <format>', 'how to print').choices(formats).default(formats[0]))
  return made
}
scenariosCommand('list', 'each with what made it, its records and its size', ['table', 'json']).action(
  async (options) => (await import('./commands/scenarios.ts')).scenariosList(options),
)
scenariosCommand('compare', 'KPIs and peaks beside the real figures', ['table', 'json', 'csv'])
  .argument('<name>')
  .option('--year <year>', 'of the real figures (default: the days that its records came from)')
  .option('--from <instant>', 'of the real figures, a local day, in')
  .option('--to <instant>', 'out')
  .addOption(new Option('--lang <language>', 'of the table (default: that of the terminal)').choices(['zh', 'en']))
  .action(async (name, options) => (await import('./commands/scenarios.ts')).scenariosCompare(name, options))
scenariosCommand('drop', 'delete its topics, its group and its database', [])
  .argument('<name>')
  .action(async (name, options) => (await import('./commands/scenarios.ts')).scenariosDrop(name, options))

program
  .command('schemas')
  .description('the shapes of records')
  .exitOverride()
  .command('check')
  .description('whether records that are written with a schema can be counted; exit 1 if not')
  .exitOverride()
  .argument('<file>', 'an Avro schema, .avsc')
  .action(async (file) => (await import('./commands/schemas-check.ts')).schemasCheck(file))

const keys = program.command('keys').description('API keys: who may ask the API what').exitOverride()
/** A command about the file of keys. */
function keysCommand(name: string, description: string): Command {
  return keys
    .command(name)
    .description(description)
    .exitOverride()
    .option('--file <file>', 'the file of keys (API_KEYS_FILE)')
}
keysCommand('add', 'make a key; it is printed once, and only its hash is kept')
  .requiredOption('--name <name>', 'who holds it; it is in the log')
  .addOption(
    new Option('--role <role>', 'what it may ask')
      .choices(['viewer', 'analyst', 'evaluator', 'planner', 'admin'])
      .makeOptionMandatory(),
  )
  .action(async (options) => (await import('./commands/keys.ts')).addKey(options))
keysCommand('list', 'names and roles; the keys themselves are kept nowhere').action(async (options) =>
  (await import('./commands/keys.ts')).listKeys(options),
)
keysCommand('remove', 'make a key invalid, within a second and without a restart')
  .requiredOption('--name <name>', 'whose key')
  .action(async (options) => (await import('./commands/keys.ts')).removeKey(options))

const plan = program.command('plan').description('how many seats a steady peak needs (docs/capacity.md)').exitOverride()
/** A plan, made of a recorded period. */
function planCommand(kind: 'what-if' | 'seats' | 'forecast', description: string): Command {
  const made = plan.command(kind).description(description).exitOverride()
  return made
    .addOption(scenarioOption())
    .option('--data <dir>', 'folder of the broker and the store')
    .option('--profile <file>', 'the profile')
    .option('--capture <dir>', 'take the calls from a capture and not from the store')
    .addOption(new Option('--format <format>', 'how to print').choices(['table', 'json', 'csv']).default('table'))
    .addOption(new Option('--lang <language>', 'of the table (default: that of the terminal)').choices(['zh', 'en']))
    .option('--bom', 'begin a CSV with a byte order mark, by which Excel knows UTF-8')
    .action(async (options) => (await import('./commands/plan.ts')).planCommand(kind, options))
}
/** Options of plans that run the queue. */
function queuePlan(kind: 'what-if' | 'seats', description: string): Command {
  return planCommand(kind, description)
    .option('--year <year>', 'the recorded period (default: all of the capture, or the contract)')
    .option('--from <instant>', 'or from here, in')
    .option('--to <instant>', 'to here, out')
    .option('--volume <factor>', 'calls, such as 1.1')
    .option('--handling <factor>', 'talk and wrap-up, such as 1.1')
    .addOption(new Option('--handling-times <how>', 'how they are drawn').choices(['empirical', 'log-normal']))
    .addOption(
      new Option('--arrivals <which>', 'first tries as recorded, or a process of the same shape').choices([
        'recorded',
        'fitted',
      ]),
    )
    .option('--patience <seconds>', 'mean patience (default: estimated from who hung up)')
    .option('--redials <share>', 'of callers not answered who call again (default: as recorded)')
    .option('--wrap-up <seconds>', 'mean wrap-up (default: as the pauses of the seats show it)')
    .option('--queue-max <calls>', 'who may wait at once (default: as recorded)')
    .option('--outbound-idle <seats>', 'seats that outbound calls leave idle')
    .option('--roster <file>', 'CSV of day_class,from,to,seats; or profile, or seen')
    .option('--seats <change>', '-20%, or by peak: evening=-20%,weekday-morning=+10%')
    .option('--seeds <number>', 'runs (default: 20; of seats 8)')
    .option('--seed <number>', 'the first of them', '1')
    .option('--hours-per-person <hours>', 'paid in a week (default: 40)')
    .option('--shrinkage <share>', 'of these not at the seat (default: 0.3)')
    .option('--cost-per-person <amount>', 'in a year')
    .option('--roster-out <file>', 'write the roster as CSV')
    .option('--out <dir>', 'write what would have happened as a capture, for `replay`')
}
queuePlan('what-if', 'what another roster, more calls or longer ones would have answered, beside what was')
queuePlan('seats', 'the least roster that holds every peak; exit 1 if none does')
  .option('--tolerance <points>', "how far a peak may lie below the overall rate (default: the profile's)")
  .option('--floor <rate>', 'least rate of the period and of each peak (default: the recorded one)')
  .option('--rolling-floor <rate>', 'least rate of any 24 hours (default: 0.95)')
  .option('--seats-max <number>', 'most seats at once (default: 60)')
planCommand('forecast', 'the calls of the next weeks by quarter-hour, with a backtest')
  .option('--year <year>', 'look back on this year alone')
  .option('--from <date>', 'first day (default: the one after the last recorded)')
  .option('--weeks <number>', 'how many (default: 4)')

const profile = program.command('profile').description('the profile of a contract').exitOverride()
profile
  .command('check')
  .description('its windows, counts, overlaps and inclusive dates; what is wrong and in which line')
  .option('--data <dir>', 'folder of the broker and the store')
  .option('--profile <file>', 'the profile (STEADYLINE_PROFILE)')
  .addOption(new Option('--lang <language>', 'default: that of the terminal').choices(['zh', 'en']))
  .action(async (options) => (await import('./commands/profile-check.ts')).profileCheck(options))

serverCommand('doctor', 'what is missing, what is set and from where, what answers; exit 1 if something is wrong')
  .addOption(new Option('--lang <language>', 'default: that of the terminal').choices(['zh', 'en']))
  .action(async (options) => (await import('./commands/doctor.ts')).doctor(options))

program.hook('preAction', async (_, asked) => {
  const options = asked.optsWithGlobals()
  if (options.scenario === undefined || asked.name() === 'replay') return // replay makes it
  await (await import('./asked-scenario.ts')).requireAskedScenario(options)
})

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError) process.exit(error.exitCode === 0 ? 0 : 2) // it has said so itself
  const { message, exitCode } = shownError(error)
  process.stderr.write(`${message}\n`)
  process.exit(exitCode)
}
