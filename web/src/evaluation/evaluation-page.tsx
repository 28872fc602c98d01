export default function EvaluationPage() {
  return <p class="waiting">…</p>
}
