export default function StatementsPage() {
  return <p class="waiting">…</p>
}
