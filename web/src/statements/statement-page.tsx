export default function StatementPage() {
  return <p class="waiting">…</p>
}
