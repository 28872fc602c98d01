/** Heads every table, page, print and CSV that is made of generated records. */
export const SIMULATED_HEADING = '模拟数据 simulated data'
