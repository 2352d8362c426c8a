// Reads the code of a card with the camera, where the browser has a reader of its own (BarcodeDetector).
// Elsewhere this does nothing, and the page says what to do instead. No picture leaves the browser.
(async () => {
  const camera = document.getElementById("camera");
  const says = document.getElementById("eye-says");
  const field = document.getElementById("pasted");
  if (!camera || !("BarcodeDetector" in window) || !navigator.mediaDevices) return;
  const formats = await BarcodeDetector.getSupportedFormats().catch(() => []);
  if (!formats.includes("qr_code")) return;

  const eye = document.getElementById("eye");
  const reader = new BarcodeDetector({ formats: ["qr_code"] });
  camera.hidden = false;
  says.textContent = "";
  let stream = null;
  const close = () => {
    stream?.getTracks().forEach((track) => track.stop());
    stream = null;
    eye.classList.remove("open");
  };
  const look = async () => {
    if (!stream) return;
    const [code] = await reader.detect(eye).catch(() => []);
    if (!code) return setTimeout(look, 200);
    field.value = code.rawValue;
    says.textContent = says.dataset.found;
    close();
    field.focus();
  };
  document.getElementById("open-eye").addEventListener("click", async () => {
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    } catch {
      says.textContent = says.dataset.blocked;
      return;
    }
    eye.classList.add("open");
    eye.srcObject = stream;
    eye.play().catch(() => {});
    look();
  });
  addEventListener("pagehide", close);
})();
