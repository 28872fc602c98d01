/** Questions of a bench to a store, over plain HTTP. */

/** Rows of a query, or none for another statement. @throws with the store's words if it refuses */
export async function askStore<Row>(address: string, sql: string, database = 'default'): Promise<Row[]> {
  const url = `${address}/?database=${database}&default_format=JSONEachRow&output_format_json_quote_64bit_integers=0`
  const answer = await fetch(url, { method: 'POST', body: sql })
  const text = await answer.text()
  if (!answer.ok) throw new Error(text.slice(0, 1_000))
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row)
}
