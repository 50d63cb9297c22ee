/** What makes a page look roughly as Slack does, with nothing from elsewhere. */
export const pageStyle = `
*{box-sizing:border-box}body{margin:0;font:15px/1.46 Lato,"Segoe UI","DejaVu Sans",sans-serif;color:#1d1c1d;background:#fff;display:flex;min-height:100vh}
nav{background:#4a154b;color:#fff;width:150px;padding:12px;flex:none}nav div{opacity:.8;margin-top:8px;font-size:14px}
main,aside{flex:1;min-width:0;padding-bottom:20px}main{max-width:820px}aside{border-left:1px solid #ddd;max-width:640px}
main>header,aside>header,.home>header{border-bottom:1px solid #ddd;padding:10px 18px}header small{color:#616061}
.message{display:flex;gap:8px;padding:8px 18px}.message:hover{background:#f8f8f8}.ephemeral{background:#fdfaf2}
.avatar{width:36px;height:36px;border-radius:6px;background:#5b5b5b;color:#fff;display:grid;place-items:center;flex:none;font-weight:bold}.avatar.app{background:#1264a3}
.content{min-width:0;flex:1}.line time{color:#616061;font-size:12px;margin-left:8px}.app-badge{background:#ddd;color:#616061;font-size:10px;border-radius:2px;padding:0 3px;margin-left:5px}
.note,.edited,small{color:#616061;font-size:12px}.block{margin:4px 0}h1,h2,h3,h4{font-size:18px;margin:6px 0}h1{font-size:24px}h2{font-size:21px}h4{font-size:15px}.rich-text p{margin:0 0 2px;white-space:pre-wrap}
ul,ol{margin:0 0 2px;padding-left:26px}blockquote{border-left:4px solid #ddd;margin:4px 0;padding-left:12px}pre{background:#f8f8f8;border:1px solid #ddd;border-radius:4px;padding:8px;font:12px/1.5 "DejaVu Sans Mono",monospace;white-space:pre-wrap;overflow-wrap:anywhere;margin:4px 0}
code{background:#f8f8f8;border:1px solid #ddd;border-radius:3px;padding:1px 3px;color:#e01e5a;font:12px "DejaVu Sans Mono",monospace;overflow-wrap:anywhere}
.mention{background:#e8f5fa;color:#1264a3}.mention.call{background:#fff0c2}a{color:#1264a3}
.actions{display:flex;flex-wrap:wrap;gap:8px}.button{border:1px solid #bbb;background:#fff;border-radius:4px;padding:5px 12px;font:inherit;font-weight:bold;font-size:13px;cursor:pointer}.button.primary{background:#007a5a;border-color:#007a5a;color:#fff}.button.danger{background:#e01e5a;border-color:#e01e5a;color:#fff}
.context{color:#616061;font-size:13px;display:flex;flex-wrap:wrap;gap:8px}.section{display:flex;gap:12px;justify-content:space-between}.fields{display:grid;grid-template-columns:1fr 1fr;gap:4px 12px}
table{border-collapse:collapse;font-size:13px}th,td{border:1px solid #ddd;padding:3px 8px;text-align:left}.chart svg{font:11px sans-serif;display:block}.chart i{display:inline-block;width:10px;height:10px}figure{margin:4px 0}
.file,.card,.container,.plan,.task{border:1px solid #ddd;border-radius:8px;padding:8px 12px;margin:4px 0}.uploaded{display:block;max-width:100%;max-height:420px;margin-top:6px}.picture{background:#eee;padding:24px;color:#616061}.alert{background:#fff0c2;padding:8px}.unknown{color:#e01e5a}
.replies{display:block;width:fit-content;margin-top:4px;font-size:13px;font-weight:bold;text-decoration:none}.reactions span{border:1px solid #ddd;border-radius:10px;padding:1px 6px;font-size:12px}
.home{flex:1;max-width:820px}.home .block{margin:8px 18px}.modal{width:520px;border:0;border-radius:8px;box-shadow:0 0 0 9999px rgba(0,0,0,.45);top:60px;position:fixed;padding:0}.modal header{padding:14px 20px;border-bottom:1px solid #ddd;font-size:18px}.modal .block{margin:12px 20px}.modal footer{padding:14px 20px;border-top:1px solid #ddd;display:flex;gap:8px;justify-content:flex-end}
.field{display:block}.field .label{display:block;font-weight:bold;margin-bottom:3px}.field input:not([type=radio]):not([type=checkbox]),.field textarea,.field select{width:100%;font:inherit;padding:6px;border:1px solid #bbb;border-radius:4px}.choices{border:0;padding:0;margin:0}.choices label{display:block}.field-error{color:#e01e5a}
`.trim();
