export default function RejectsPage() {
  return <p class="waiting">…</p>
}
