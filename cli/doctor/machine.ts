/** What this machine has: programs with their versions, and room for the data. */
import { spawnSync } from 'node:child_process'
import { existsSync, statfsSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Finding } from './finding.ts'

const NODE_MAJOR_MIN = 20
const JAVA_MAJOR_MIN = 17
const MAVEN_MAJOR_MIN = 3
const GIB = 1 << 30
/** A year of a city takes some tenths of this; merges need room beside what they merge. */
const FREE_GIB_MIN = 2

export function nodeFinding(): Finding {
  const { node } = process.versions
  return {
    isWell: Number(node.split('.')[0]) >= NODE_MAJOR_MIN,
    zh: `Node ${node}（需要 ${NODE_MAJOR_MIN} 或更高版本）`,
    en: `Node ${node} (${NODE_MAJOR_MIN} or later is needed)`,
  }
}

/** Java and Maven: only the broker of this machine needs them. */
export function brokerProgramFindings(isBrokerNeeded: boolean): Finding[] {
  return [
    programFinding('java', ['-version'], JAVA_MAJOR_MIN, isBrokerNeeded),
    programFinding('mvn', ['-v'], MAVEN_MAJOR_MIN, isBrokerNeeded),
  ]
}

function programFinding(program: string, args: string[], majorMin: number, isNeeded: boolean): Finding {
  const wrong = isNeeded ? false : null
  const version = versionOf(program, args)
  if (version === null) {
    const install = 'apt-get install -y openjdk-17-jre-headless maven'
    return {
      isWell: wrong,
      zh: `缺少 ${program}；Debian 上：${install}（仅本机自带的 Kafka 需要）`,
      en: `${program} is missing; on Debian: ${install} (only the broker of this machine needs it)`,
    }
  }
  return {
    isWell: Number(version.split('.')[0]) >= majorMin ? true : wrong,
    zh: `${program} ${version}（需要 ${majorMin} 或更高版本）`,
    en: `${program} ${version} (${majorMin} or later is needed)`,
  }
}

/** null if it is not there or does not say. Java says it on its error output. */
function versionOf(program: string, args: string[]): string | null {
  const { stdout, stderr, status } = spawnSync(program, args, { encoding: 'utf8' })
  if (status !== 0) return null
  return /\d+\.\d+(\.\d+)?/.exec(`${stdout}\n${stderr}`)?.[0] ?? null
}

/** Of the disk that holds the data folder, or would. */
export function roomFinding(dataFolder: string): Finding {
  let folder = dataFolder
  while (!existsSync(folder)) folder = dirname(folder)
  const { bavail, blocks, bsize } = statfsSync(folder)
  const [free, total] = [bavail, blocks].map((count) => ((count * bsize) / GIB).toFixed(1))
  return {
    isWell: (bavail * bsize) / GIB >= FREE_GIB_MIN,
    zh: `${dataFolder} 所在磁盘可用 ${free} GiB，共 ${total} GiB（至少需要 ${FREE_GIB_MIN} GiB）`,
    en: `the disk of ${dataFolder} has ${free} of ${total} GiB free (at least ${FREE_GIB_MIN} GiB are needed)`,
  }
}
