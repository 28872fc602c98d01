export default function StabilityPage() {
  return <p class="waiting">…</p>
}
