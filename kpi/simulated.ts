/** Whether a record was generated: the simulator begins every id with this, and nothing else does. */
export function isSimulated(id: string): boolean {
  return id.startsWith('sim-')
}
