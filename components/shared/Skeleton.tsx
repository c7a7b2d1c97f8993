/** Stands where orders will be, while the worker wakes. */
export function Skeleton() {
  return (
    <div class="skeleton" aria-busy="true">
      <span class="unseen">Reading</span>
      <i />
      <i />
      <i />
      <i />
    </div>
  );
}
