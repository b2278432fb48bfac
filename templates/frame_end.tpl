{{%AUTOESCAPE context="HTML"}}
</div>
</div>
</main>
</div>
</div>
</body>
</html>
