/**
 * The pages: a new one is an entry here and a folder beside this file. How: web/README.md.
 *
 * A page's code is loaded when it is first looked at.
 */
import type { ComponentType } from 'preact'
import type { Words } from './language/language.ts'
import type { PageProps } from './page-props.ts'

export interface Page {
  /** `:name` stands for one part of the path. */
  pattern: string
  /** Title of the browser's tab, and of the navigation unless `inside` is set. */
  title: Words
  /** For a page below another: the pattern of the one whose tab is marked. */
  inside?: string
  load: () => Promise<{ default: ComponentType<PageProps> }>
}

export const PAGES: readonly Page[] = [
  { pattern: '/', title: { zh: '总览', en: 'Overview' }, load: () => import('./overview/overview-page.tsx') },
  { pattern: '/peaks', title: { zh: '高峰', en: 'Peaks' }, load: () => import('./peaks/peaks-page.tsx') },
  {
    pattern: '/peaks/:window',
    title: { zh: '一场高峰', en: 'One peak' },
    inside: '/peaks',
    load: () => import('./peaks/window-page.tsx'),
  },
  {
    pattern: '/calls',
    title: { zh: '通话', en: 'Calls' },
    inside: '/peaks',
    load: () => import('./peaks/calls-page.tsx'),
  },
  {
    pattern: '/calls/:id',
    title: { zh: '一通电话', en: 'One call' },
    inside: '/peaks',
    load: () => import('./peaks/call-page.tsx'),
  },
  {
    pattern: '/evaluation',
    title: { zh: '绩效评价', en: 'Evaluation' },
    load: () => import('./evaluation/evaluation-page.tsx'),
  },
  {
    pattern: '/stability',
    title: { zh: '稳定性报告', en: 'Stability report' },
    load: () => import('./stability/stability-page.tsx'),
  },
  { pattern: '/plans', title: { zh: '排班测算', en: 'Capacity' }, load: () => import('./plans/plans-page.tsx') },
  {
    pattern: '/plans/:id',
    title: { zh: '一次测算', en: 'One plan' },
    inside: '/plans',
    load: () => import('./plans/plan-page.tsx'),
  },
  {
    pattern: '/statements',
    title: { zh: '定版报表', en: 'Statements' },
    load: () => import('./statements/statements-page.tsx'),
  },
  {
    pattern: '/statements/:id',
    title: { zh: '定版报表', en: 'Statement' },
    inside: '/statements',
    load: () => import('./statements/statement-page.tsx'),
  },
  {
    pattern: '/definitions',
    title: { zh: '指标定义', en: 'Definitions' },
    load: () => import('./definitions/definitions-page.tsx'),
  },
  { pattern: '/rejects', title: { zh: '拒收记录', en: 'Rejects' }, load: () => import('./rejects/rejects-page.tsx') },
]
