/** Lines of a file. One that is longer than the window goes on further in, so that it reads as one. */
export function FileExample({ text }: { text: string }) {
  return (
    <pre className="rounded-md border border-line bg-sunken p-3 wrap-anywhere whitespace-pre-wrap">
      {text.split('\n').map((line) => (
        <span key={line} className="block pl-6 -indent-6">
          {line}
        </span>
      ))}
    </pre>
  );
}
