/** What is missing, what is set and from where, what answers, how far behind. Exit code 1 if something is wrong. */

import { shownError } from '../../schemas/shown-error.ts'
import { colours } from '../colours.ts'
import type { Finding } from '../doctor/finding.ts'
import { brokerProgramFindings, nodeFinding, roomFinding } from '../doctor/machine.ts'
import { serverFindings } from '../doctor/server-findings.ts'
import { settingFindings } from '../doctor/setting-findings.ts'
import { type Language, languageOf } from '../language.ts'
import { type SiteOptions, siteOf } from '../site.ts'

export async function doctor(options: SiteOptions & { lang?: Language }): Promise<void> {
  const language = languageOf(options.lang, process.env.LC_ALL ?? process.env.LANG)
  const findings = await findingsOf(options)
  for (const finding of findings) {
    const sign = finding.isWell === null ? ' ' : finding.isWell ? colours.green('✓') : colours.red('✗')
    process.stdout.write(`${sign} ${finding[language]}\n`)
  }
  if (findings.some(({ isWell }) => isWell === false)) process.exitCode = 1
}

async function findingsOf(options: SiteOptions): Promise<Finding[]> {
  const isBrokerNeeded = (process.env.KAFKA_BROKERS ?? '') === ''
  const ofMachine = [nodeFinding(), ...brokerProgramFindings(isBrokerNeeded)]
  try {
    const site = siteOf(options)
    const { id } = site.profile
    const [file] = site.profileFiles
    return [
      ...ofMachine,
      roomFinding(site.dataFolder),
      { isWell: true, zh: `方案 ${id}（${file}）有效`, en: `profile ${id} (${file}) is valid` },
      ...settingFindings(site, options, process.env),
      ...(await serverFindings(site)),
    ]
  } catch (error) {
    const { message } = shownError(error)
    return [...ofMachine, { isWell: false, zh: message, en: message }]
  }
}
