rooms-rooms = 部屋
rooms-watch = 観察
rooms-watch-question = このデプロイで何が起きるか
rooms-compare = 比較
rooms-compare-question = どの方式が合うか
rooms-before = 変更前
rooms-now = 現在の設定
rooms-working = シミュレーション中…
rooms-running = シミュレーション中：{ $all } 件中 { $done } 件
rooms-all-strategies = このフリートで全戦略を比較
rooms-with-before = 変更前と比較
rooms-add = 追加
rooms-show-shared = 共通の設定
rooms-hide-shared = 共通の設定を隠す
rooms-shared-meaning = フリート、トラフィック、所要時間、リリースの変更は、比較中のすべてに反映されます。
rooms-done-at = { $at } に完了
rooms-card = { $name }、{ $baseline ->
    [yes] 基準、
   *[no] {""}
}{ $state }
rooms-card-hint = クリックすると単独で観察できます。
rooms-remove = { $name } を外す
rooms-make-baseline = { $name } を基準にする
rooms-ends = { $name } 完了
rooms-keys-rooms = 部屋を移る（タブの順）
