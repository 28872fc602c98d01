import { LocalServerError } from '../local-server-error.ts'
import { INSTALL_LINE } from './jars.ts'
import { NOT_FOUND, runToEnd } from './run-to-end.ts'

/** Kafka 4 brokers do not run on older ones. */
const JAVA_VERSION_MIN = 17

/** Refuses to go on without a Java that runs the broker. */
export async function requireJava(): Promise<void> {
  const { code, output } = await runToEnd('java', ['-version'])
  const found = code === NOT_FOUND ? null : javaVersionIn(output)
  if (found !== null && found >= JAVA_VERSION_MIN) return
  throw new LocalServerError(
    'STEADYLINE_JAVA_MISSING',
    `${found === null ? 'Java was not found (`java` on the PATH)' : `Java ${found} was found`}, and the embedded Kafka broker needs ${JAVA_VERSION_MIN} or newer. On Debian: ${INSTALL_LINE}. Or set KAFKA_BROKERS to a broker that runs.`,
  )
}

/** 17 from `openjdk version "17.0.15"`, 8 from `java version "1.8.0_292"`. */
export function javaVersionIn(output: string): number | null {
  const written = /version "(?:1\.)?(\d+)/.exec(output)
  return written === null ? null : Number(written[1])
}
