export default function OverviewPage() {
  return <p class="waiting">…</p>
}
